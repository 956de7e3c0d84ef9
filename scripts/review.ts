import "../exit-guard";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { writeStacks } from "../app";
import { definitions } from "../environments/all";
import { loadProject } from "../environments/load";
import { reportOn } from "./review/report/compared-revisions";
import { addFormats, showReport } from "./review/report/formats";
import { exitCodeFor } from "./review/report/verdict";
import type { Stacks } from "./review/revisions/stack-json";
import { parseCommands } from "./runner/arguments";
import { baseStacks } from "./runner/base-stacks";
import { run } from "./runner/command";
import { checkedOut, commonCommit, headName } from "./runner/git";
import { writtenStacks } from "./runner/written-stacks";

interface ReviewOptions {
  readonly base: string;
}

const help = `
Compares the files in this folder, committed or not, with the commit from which the work since the base started. Calls
neither AWS nor Terraform. The base is synthesized in build/review, once for each commit.

Exit codes: 0 nothing risky, 2 risky, 1 the review cannot be made.

Examples:
  npm run review -- --base origin/main
  npm run review -- --base origin/main --markdown review.md
  npm run --silent review -- --base origin/main --json`;

/** `npm run review -- --base origin/main`: what a change of the files does to AWS, without credentials. */
run(async () => {
  let exitCode = 0;
  const program = addFormats(new Command("review"))
    .description("Compare the stacks of two revisions. Changes nothing.")
    .requiredOption("--base <revision>", "branch, tag or commit to compare with, e.g. origin/main")
    .addHelpText("after", help)
    .action((options: ReviewOptions) => {
      exitCode = review(options);
    });
  await parseCommands(program, process.argv);
  return exitCode;
});

function review({ base, ...formats }: ReviewOptions): number {
  const commit = commonCommit(base);
  const report = reportOn(baseStacks(commit), headStacks(), {
    base: `${base} (${commit.slice(0, 12)})`,
    head: headName(checkedOut()),
  });
  showReport(report, formats);
  return exitCodeFor(report.verdict);
}

/** The stacks of the files in this folder. Another folder than that of `npm run synth` holds them. */
function headStacks(): Stacks {
  const outdir = mkdtempSync(join(tmpdir(), "review-"));
  try {
    writeStacks(loadProject(definitions), outdir);
    return writtenStacks(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
