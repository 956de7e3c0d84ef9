import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serialize } from "node:v8";
import { App } from "cdktf";
import { writeStacks } from "../../app";
import type { Definition } from "../../environments/environment";
import { defineEnvironment } from "../../environments/environment";
import { loadProject, type Project } from "../../environments/load";
import type { EnvironmentInput } from "../../environments/options/environment";

/** Terraform JSON of a stack. Values are looked at with the assertions of the test runner. */
// biome-ignore lint/suspicious/noExplicitAny: Terraform JSON has no type
export type StackJson = Record<string, any>;

/** Terraform JSON of every stack that these environments give, by the stack's name. */
export function synth(
  definitions: Readonly<Record<string, Definition>>,
  context: Readonly<Record<string, unknown>> = {},
): Record<string, StackJson> {
  return synthProject(loadProject(definitions, context));
}

/** What has been synthesized in this process, by the project as bytes. */
const synthesized = new Map<string, Record<string, StackJson>>();

/**
 * Terraform JSON of every stack of a project, by the stack's name. Nothing but the project decides it, so the test files
 * of one process share it, and none can change it.
 */
export function synthProject(project: Project): Record<string, StackJson> {
  const key = serialize(project).toString("latin1");
  const stacks = synthesized.get(key) ?? frozen(synthAnew(project));
  synthesized.set(key, stacks);
  return stacks;
}

/** The same, for tests of what happens during a synth. */
export function synthAnew(project: Project): Record<string, StackJson> {
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  try {
    const written = Object.entries(writtenStacks(project, outdir));
    return Object.fromEntries(written.map(([name, json]) => [name, readable(withoutMetadata(json))]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Terraform JSON of every stack as synth writes it to a folder, by the stack's name. */
export function writtenStacks(project: Project, outdir: string): Record<string, StackJson> {
  const { stacks } = writeStacks(project, outdir).manifest;
  const read = (path: string) => JSON.parse(readFileSync(join(outdir, path), "utf8"));
  return Object.fromEntries(
    Object.values(stacks).map(({ name, synthesizedStackPath }) => [name, read(synthesizedStackPath)]),
  );
}

/** Without the metadata that CDKTF adds to a stack and to each of its blocks. */
function withoutMetadata({ "//": _, ...stack }: StackJson): StackJson {
  const blocks = [stack["resource"], stack["data"]].flatMap((types: StackJson = {}) =>
    Object.values(types).flatMap((ofType: StackJson) => Object.values(ofType)),
  );
  for (const block of blocks) delete block["//"];
  return stack;
}

/** Policies inside strings become objects, so that a test or a reviewer can look into them. */
function readable(value: unknown): StackJson {
  return JSON.parse(JSON.stringify(value), (_, child) =>
    typeof child === "string" && child.startsWith('{"') ? JSON.parse(child) : child,
  );
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

/** An app for one stack, with the context that layers need. */
export const bareApp = (awsProviderVersion = "6.25.0") => new App({ context: { awsProviderVersion } });

/** A development environment with nothing in it, as a start for tests. */
export const minimal = {
  name: "test",
  project: "acme",
  accountId: "111122223333",
  region: "eu-west-1",
  tier: "development",
  state: { backend: "local" },
} as const satisfies EnvironmentInput;

/** The definitions of one environment file. */
export function only(input: EnvironmentInput): Record<string, Definition> {
  return { [`environments/${input.name}.ts`]: defineEnvironment(input) };
}
