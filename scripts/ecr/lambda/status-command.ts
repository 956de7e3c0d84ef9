import type { Command } from "commander";
import { printStatus, statusExitCodes } from "../pipeline-images/status";
import { type SetExitCode, type VerbHelp, verb } from "../verb";

const help: VerbHelp = {
  notes: `For functions whose image has managedBy: "pipeline". Prints the image of the version that the alias names, with its tags and
since when, and the image with which Terraform would create the function. Permissions: lambda:GetAlias and lambda:GetFunction on
the function, and ecr:DescribeImages on its repository.`,
  exitCodes: statusExitCodes,
  examples: ["--env prod", "--env prod --json"],
};

/** `lambda status`: which images functions run. @param setExitCode receives the exit code */
export function lambdaStatusCommand(setExitCode: SetExitCode): Command {
  return verb("status", "Print the images that a pipeline has deployed to functions.", help, "lambda").action(
    printStatus("lambda", "function", setExitCode),
  );
}
