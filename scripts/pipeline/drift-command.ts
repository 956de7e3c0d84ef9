import { Command } from "commander";
import { commandHelp } from "../runner/help-text";
import { reconcileIssues } from "./drift-issues";
import { forgeOf } from "./job-forge";
import { writtenReport } from "./written-report";

/** `drift-issue`: one issue for each stack that differs from the files. */
export function driftIssueCommand(): Command {
  return new Command("drift-issue")
    .description(
      "Open or change one issue for each stack that differs, and close those of stacks that do not.",
    )
    .requiredOption("--report <file>", "file that npm run plan -- <environment> --json has written")
    .addHelpText(
      "after",
      commandHelp("pipeline -- drift-issue", {
        exitCodes: { 0: "the issues match the report", 1: "they do not" },
        examples: ["--report plan.json"],
      }),
    )
    .action(async ({ report }: { report: string }) => {
      const done = await reconcileIssues(forgeOf(process.env), writtenReport(report));
      process.stdout.write(done.map((line) => `${line}\n`).join("") || "No stack differs.\n");
    });
}
