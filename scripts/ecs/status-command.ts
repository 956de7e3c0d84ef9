import { Command } from "commander";
import { printStatus, statusExitCodes } from "../ecr/pipeline-images/status";
import type { SetExitCode } from "../ecr/verb";
import { commandHelp } from "../runner/help-text";

const help = {
  notes: `For services whose image has managedBy: "pipeline". Prints the image of the current deployment with its tags and since when,
and the image with which Terraform would start the service. Permissions: ecs:DescribeServices, ecs:DescribeTaskDefinition and
ecr:DescribeImages.`,
  exitCodes: statusExitCodes,
  examples: ["--env prod", "--env prod --json"],
};

/** `status`: which images services run. @param setExitCode receives the exit code */
export function statusCommand(setExitCode: SetExitCode): Command {
  return new Command("status")
    .description("Print the images that a pipeline has deployed to services.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .option("--json", "print JSON")
    .addHelpText("after", commandHelp("ecs -- status", help))
    .action(printStatus("ecs", "service", setExitCode));
}
