import { Command } from "commander";
import { backfillCommand } from "./replication/backfill";
import { statusCommand } from "./replication/status";

/**
 * `replication`: whether replicas are complete, and how they become so.
 *
 * @param setExitCode receives the exit code of a subcommand
 */
export function replicationCommand(setExitCode: (exitCode: number) => void): Command {
  return new Command("replication")
    .description("Replicas of repositories in other Regions and accounts.")
    .addCommand(statusCommand(setExitCode))
    .addCommand(backfillCommand(setExitCode));
}
