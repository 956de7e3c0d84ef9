import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyProject } from "../../emulator/project-copy";
import { contextKey } from "../../environments/plan/provider-version";
import type { TrialScope } from "./trial-options";

/** Where a copy keeps the project's own `defineEnvironment`. */
const declared = "declared-environment";

/**
 * Copy the project, so that a trial leaves its files alone. In the copy, `defineEnvironment` first makes the options of
 * every environment those of a trial; the environment files are the project's own, and can be edited.
 *
 * @param folder existing, empty folder
 */
export function copyForTrial(project: string, folder: string, scope: TrialScope): void {
  copyProject(project, folder);
  const environments = join(folder, "environments");
  renameSync(join(environments, "environment.ts"), join(environments, `${declared}.ts`));
  writeScope(folder, scope);
}

/** Let the environments of a copy be those of another scope. */
export function writeScope(folder: string, scope: TrialScope): void {
  writeFileSync(
    join(folder, "environments", "environment.ts"),
    `import { trialOptions } from "../scripts/try/trial-options";
import { type Definition, defineEnvironment as define } from "./${declared}";
import type { EnvironmentInput } from "./options/environment";

export * from "./${declared}";

/** Validate the options of an environment as this trial deploys them. */
export function defineEnvironment(given: EnvironmentInput): Definition {
  return define(trialOptions(given, ${JSON.stringify(scope)}));
}
`,
  );
}

/** Let the stacks of a copy require another version of the AWS provider, because that is the one on this machine. */
export function useProviderVersion(folder: string, version: string): void {
  const file = join(folder, "cdktf.json");
  const settings = JSON.parse(readFileSync(file, "utf8")) as { context?: object };
  const context = { ...settings.context, [contextKey]: version };
  writeFileSync(file, JSON.stringify({ ...settings, context }));
  // It has the checksums of the project's version.
  rmSync(join(folder, ".terraform.lock.hcl"), { force: true });
}
