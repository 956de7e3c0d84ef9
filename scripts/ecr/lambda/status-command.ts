import type { Command } from "commander";
import { statusAction, statusExitCodes } from "../../pipeline-images/status-command";
import { type SetExitCode, type VerbHelp, verb } from "../verb";

const help: VerbHelp = {
  notes: `For functions whose image has managedBy: "pipeline". Prints the image of the version that the alias names, with its tags and
since when, and the image with which Terraform would create the function. Permissions: lambda:GetAlias and lambda:GetFunction on
the function, and ecr:DescribeImages on its repository.`,
  exitCodes: statusExitCodes,
  examples: ["--env prod", "--env prod --json"],
};

/** `lambda status`: which images functions run. @param setExitCode receives the exit code */
export const lambdaStatusCommand = (setExitCode: SetExitCode): Command =>
  statusAction(
    verb("status", "Print the images that a pipeline has deployed to functions.", help, "lambda"),
    {
      kind: "lambda",
      what: "function",
      setExitCode,
    },
  );
