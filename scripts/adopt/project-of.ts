import { definitions } from "../../environments/all";
import { fileOf } from "../init/answers";
import { CommandError } from "../runner/command";
import type { AdoptCommandOptions } from "./command-options";

/** The project of the environment, which its file knows before the flag. @throws CommandError when neither says it */
export function projectOf({ env, project }: AdoptCommandOptions): string {
  const existing = definitions[fileOf(env) as keyof typeof definitions];
  const found = existing?.ok ? existing.environment.project : project;
  if (found === undefined)
    throw new CommandError(`Nothing says which project ${env} has; add --project. Nothing was written.`);
  return found;
}
