import type { ProvidedContext } from "vitest";
import type { TestProject } from "vitest/node";
import compiledProject from "./compiled-project";
import installedParts from "./installed-parts";
import loadedEmulator from "./loaded-emulator";
import providerSchemaFile from "./provider-schema-file";

type Teardown = () => Promise<void> | void;

interface Shared {
  readonly context: Promise<ProvidedContext>;
  readonly teardowns: Teardown[];
  projects: number;
}

/** Vitest loads this file once for each project, in one process. */
const ofProcess = globalThis as { sharedSetup?: Shared | undefined };

/**
 * Prepare once what the tests of commands need, for all projects of a run.
 *
 * @returns what removes it after the last project
 */
export default async function setup(project: TestProject): Promise<Teardown> {
  if (ofProcess.sharedSetup === undefined) {
    const teardowns: Teardown[] = [];
    ofProcess.sharedSetup = { context: prepare(project, teardowns), teardowns, projects: 0 };
  }
  const shared = ofProcess.sharedSetup;
  shared.projects++;
  const context = await shared.context;
  for (const [key, value] of Object.entries(context))
    project.provide(key as keyof ProvidedContext, value as never);
  return async () => {
    shared.projects--;
    if (shared.projects > 0) return;
    ofProcess.sharedSetup = undefined;
    for (const teardown of shared.teardowns) await teardown();
  };
}

/**
 * One after the other they would leave a core idle. The others look at what the first one finds. The emulator, which takes
 * longest, comes before what keeps this process busy.
 */
async function prepare(project: TestProject, teardowns: Teardown[]): Promise<ProvidedContext> {
  installedParts(project);
  const setups = [loadedEmulator, providerSchemaFile, compiledProject];
  const prepared = setups.map(async (part) => {
    const teardown = await part(project);
    if (teardown) teardowns.push(teardown);
  });
  const failure = (await Promise.allSettled(prepared)).find(({ status }) => status === "rejected");
  if (failure?.status === "rejected") {
    for (const teardown of teardowns) await teardown();
    throw failure.reason;
  }
  return project.getProvidedContext();
}
