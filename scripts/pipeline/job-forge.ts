import { CommandError } from "../runner/command";
import type { Forge, Variables } from "./forge";
import { github } from "./github";
import { gitlab } from "./gitlab";

/** The forge that runs this job. @throws CommandError outside of jobs, and without a token */
export function forgeOf(variables: Variables): Forge {
  if (variables["GITLAB_CI"] === "true") return gitlab(variables);
  if (variables["GITHUB_ACTIONS"] === "true") return github(variables);
  throw new CommandError("This is neither a job of GitHub Actions nor of GitLab CI; nothing was written.");
}
