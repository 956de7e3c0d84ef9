import { Command } from "commander";
import { lambdaDeployCommand } from "./lambda/deploy-command";
import { lambdaStatusCommand } from "./lambda/status-command";
import type { SetExitCode } from "./verb";

/**
 * `lambda`: images of functions that a pipeline deploys.
 *
 * @param setExitCode receives the exit code
 */
export const lambdaCommand = (setExitCode: SetExitCode): Command =>
  new Command("lambda")
    .description(
      "Deploy images to Lambda functions whose images a pipeline manages, and show which images run.",
    )
    .addCommand(lambdaDeployCommand(setExitCode))
    .addCommand(lambdaStatusCommand(setExitCode));
