import type { Command, Option } from "commander";
import { commandHelp } from "../runner/help-text";
import { repeatedOption } from "../runner/repeated-option";
import type { AdoptOptions } from "./adopt-into";

/** What commander has read. */
export type AdoptCommandOptions = AdoptOptions;

/** The options of every command that writes an environment file. */
export const withTarget = (command: Command): Command =>
  command
    .requiredOption("--env <name>", "environment, e.g. dev; its file is environments/<name>.ts")
    .option("--project <name>", "project, the first part of every name")
    .option("--account <id>", "AWS account, 12 digits")
    .option("--region <region>", "AWS Region, e.g. eu-west-1")
    .option("--tier <tier>", "development or production (default: development)")
    .option("--bucket <name>", "S3 bucket for the state (default: <project>-<name>-tfstate-<account>)")
    .option("--keep-tags", "leave the tags of the repositories as they are in AWS")
    .option("--replace", "change a file that exists, as the printed diff shows")
    .option("--dry-run", "print the file or the diff, and write nothing")
    .option("--json", "print JSON");

/** Which repositories the environment owns. */
export const repositoryOption = (): Option =>
  repeatedOption("--repository <name>", "only these, by full name, where * matches any text (default: all)");

/** The end of the help of a source. @param source e.g. `aws` @param examples its arguments */
export const adoptHelp = (source: string, examples: readonly string[]): string =>
  commandHelp(`adopt -- ${source}`, {
    notes: `What identifies the environment comes from its file if there is one, else from the flags, else from what is adopted. Every
placeholder, contradiction and loss is listed with its place on standard error, and every expression without a value; none
is guessed.`,
    exitCodes: {
      0: "the file is written, or printed by --dry-run",
      1: "something is wrong, and nothing was written",
    },
    examples,
  });
