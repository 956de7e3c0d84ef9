import { isDeepStrictEqual } from "node:util";
import { Command } from "commander";
import type { Report } from "../review/report/report";
import { CommandError } from "../runner/command";
import { commandHelp } from "../runner/help-text";
import { writtenReport } from "./written-report";

/** `changes`: whether there is something to apply, so that nobody is asked to approve nothing. */
export function changesCommand(): Command {
  return new Command("changes")
    .description("Print changes=true if a report of plans has a stack that changes, or changes=false.")
    .argument("<report>", "file that npm run plan -- <environment> --json has written")
    .addHelpText(
      "after",
      commandHelp("pipeline -- changes", {
        exitCodes: { 0: "it is printed", 1: "the file is not a report" },
        examples: ["plan.json"],
      }),
    )
    .action((file: string) => {
      const changes = writtenReport(file).stacks.some(({ status }) => status !== "unchanged");
      process.stdout.write(`changes=${changes}\n`);
    });
}

/** `same-review`: whether the plans about to be applied do what was approved. */
export function sameReviewCommand(): Command {
  return new Command("same-review")
    .description(
      "Fail unless two reports of plans say the same, e.g. the approved one and that of the saved plans.",
    )
    .argument("<approved>", "report that was approved")
    .argument("<report>", "report of the plans to apply")
    .addHelpText(
      "after",
      commandHelp("pipeline -- same-review", {
        exitCodes: { 0: "the reports match", 1: "they do not match, or a file is not a report" },
        examples: ["approved.json plan.json"],
      }),
    )
    .action((approved: string, file: string) => {
      const different = differentStacks(writtenReport(approved), writtenReport(file));
      if (different.length > 0)
        throw new CommandError(
          `The plans are not those that were approved: ${different.join(", ")} changed in between. Nothing was applied. Run the pipeline again, and approve its new plan.`,
        );
      process.stdout.write("The plans are those that were approved.\n");
    });
}

/** Names of the stacks about which two reports say something else. */
export function differentStacks(one: Report, other: Report): string[] {
  const of = ({ stacks }: Report) => new Map(stacks.map((stack) => [stack.stack, stack]));
  const [before, after] = [of(one), of(other)];
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => !isDeepStrictEqual(before.get(name), after.get(name)),
  );
}
