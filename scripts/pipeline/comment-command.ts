import { Command } from "commander";
import { commandHelp } from "../runner/help-text";
import { jobFile } from "./job-file";
import { forgeOf } from "./job-forge";
import { writeComment } from "./sticky-comment";

/** `comment`: one comment on a pull request or note on a merge request, which later runs change. */
export function commentCommand(): Command {
  return new Command("comment")
    .description(
      "Write a Markdown file as a comment on the pull request or merge request of the job, or change it.",
    )
    .requiredOption("--key <key>", 'which comment, e.g. "plan of prod"')
    .requiredOption("--file <file>", "Markdown, e.g. of npm run plan -- prod --markdown plan.md")
    .addHelpText(
      "after",
      commandHelp("pipeline -- comment", {
        exitCodes: { 0: "the comment is posted", 1: "posting the comment failed" },
        examples: ['--key "plan of prod" --file plan.md'],
      }),
    )
    .action(async ({ key, file }: { key: string; file: string }) => {
      const text = jobFile(file, "the step with --markdown");
      const done = await writeComment(forgeOf(process.env), key, text);
      process.stdout.write(`The comment "${key}" is ${done}.\n`);
    });
}
