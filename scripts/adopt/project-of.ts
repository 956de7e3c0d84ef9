import { definitions } from "../../environments/all";
import { fileOf } from "../init/answers";
import { CommandError } from "../runner/command";
import type { AdoptCommandOptions } from "./command-options";
import type { FoundIdentity } from "./environment-input";

/** What identifies the environment: its file, and without one the flags. */
export function givenIdentity({ env, project, account, region }: AdoptCommandOptions): FoundIdentity {
  const existing = definitions[fileOf(env) as keyof typeof definitions];
  return existing?.ok ? existing.environment : { project, accountId: account, region };
}

/** The project of the environment, which its file knows before the flag. @throws CommandError when neither says it */
export function projectOf(options: AdoptCommandOptions): string {
  const { project } = givenIdentity(options);
  if (project === undefined)
    throw new CommandError(
      `Nothing says which project ${options.env} has; add --project. Nothing was written.`,
    );
  return project;
}
