import { Command } from "commander";
import { previewCommand } from "./lifecycle-preview";
import { protectCommand } from "./lifecycle-protect";
import type { SetExitCode } from "./verb";

/**
 * `lifecycle`: what a lifecycle policy does to images, and how to keep those that run.
 *
 * @param setExitCode receives the exit code
 */
export function lifecycleCommand(setExitCode: SetExitCode): Command {
  return new Command("lifecycle")
    .description("What lifecycle policies do to images, and how to keep those that run.")
    .addCommand(previewCommand(setExitCode))
    .addCommand(protectCommand(setExitCode));
}
