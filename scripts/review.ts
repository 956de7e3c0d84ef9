import "../exit-guard";
import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { definitions } from "../environments/all";
import { loadProject } from "../environments/load";
import { pictures } from "./diagram/pictures";
import { asHtml } from "./review/report/as-html";
import { asMarkdown } from "./review/report/as-markdown";
import { asText } from "./review/report/as-text";
import { reportOn } from "./review/report/compared-revisions";
import type { Report } from "./review/report/report";
import { parseCommands } from "./runner/arguments";
import { baseStacks } from "./runner/base-stacks";
import { run } from "./runner/command";
import { checkedOut, commonCommit } from "./runner/git";
import { synthesizedStacks } from "./runner/synthesized-stacks";

interface ReviewOptions {
  readonly base: string;
  readonly markdown?: string;
  readonly html?: string;
  readonly json?: boolean;
}

const help = `
Compares the files in this folder, committed or not, with the commit from which the work since the base started. Calls
neither AWS nor Terraform. The base is synthesized in build/review, once for each commit.

Exit codes: 0 nothing risky, 2 risky, 1 the review cannot be made.

Examples:
  npm run review -- --base origin/main
  npm run review -- --base origin/main --markdown review.md
  npm run review -- --base origin/main --html review.html
  npm run --silent review -- --base origin/main --json`;

/** `npm run review -- --base origin/main`: what a change of the files does to AWS, without credentials. */
run(async () => {
  let exitCode = 0;
  const program = new Command("review")
    .description("Compare the stacks of two revisions. Changes nothing.")
    .requiredOption("--base <revision>", "branch, tag or commit to compare with, e.g. origin/main")
    .option("--markdown <file>", "write the report to a file for a comment on GitHub")
    .option("--html <file>", "write the report to a file as a page for a browser")
    .option("--json", "print JSON")
    .addHelpText("after", help)
    .action(async (options: ReviewOptions) => {
      exitCode = await review(options);
    });
  await parseCommands(program, process.argv);
  return exitCode;
});

async function review({ base, ...formats }: ReviewOptions): Promise<number> {
  const commit = commonCommit(base);
  const head = checkedOut();
  const project = loadProject(definitions);
  const stacks = synthesizedStacks(project);
  const report = reportOn(baseStacks(commit), stacks, {
    base: `${base} (${commit.slice(0, 12)})`,
    head: `${head.commit.slice(0, 12)}${head.isDirty ? " with uncommitted changes" : ""}`,
  });
  if (formats.html !== undefined)
    writeFileSync(formats.html, asHtml(report, await pictures(project.environments, stacks)));
  print(report, formats);
  return report.verdict.risky ? 2 : 0;
}

function print(report: Report, { markdown, json = false }: Omit<ReviewOptions, "base" | "html">): void {
  if (markdown !== undefined) writeFileSync(markdown, asMarkdown(report));
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else process.stdout.write(asText(report));
}
