import type { Workspace } from "../emulator/workspace";

/** Variables of the machine that runs a job: those of this one without what a forge, AWS or a tool that tests has set. */
export function jobMachine(workspace: Workspace): NodeJS.ProcessEnv {
  const foreign = /^(AWS_|GITHUB_|GITLAB_|CI_|RUNNER_|VITEST|npm_|NODE_ENV$|TF_REATTACH)|TOKEN/;
  return Object.fromEntries(
    Object.entries(workspace.environment()).filter(
      ([name, value]) => value !== undefined && !foreign.test(name),
    ),
  );
}
