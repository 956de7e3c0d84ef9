import "../exit-guard";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { writeStacks } from "../app";
import { definitions } from "../environments/all";
import { loadProject } from "../environments/load";
import { environmentAcknowledgements } from "./review/gates/acknowledgement";
import { exitCodeOf } from "./review/gates/exit-code";
import { addGateOptions, type GateOptions } from "./review/gates/gate-options";
import { judge } from "./review/gates/judge";
import { asMarkdown } from "./review/report/as-markdown";
import { asText } from "./review/report/as-text";
import { reportOn } from "./review/report/compared-revisions";
import type { Report } from "./review/report/report";
import type { Stacks } from "./review/revisions/stack-json";
import { parseCommands } from "./runner/arguments";
import { baseStacks } from "./runner/base-stacks";
import { run } from "./runner/command";
import { checkedOut, commonCommit } from "./runner/git";
import { writtenStacks } from "./runner/written-stacks";

interface ReviewOptions extends GateOptions {
  readonly base: string;
  readonly markdown?: string;
  readonly json?: boolean;
}

const help = `
Compares the files in this folder, committed or not, with the commit from which the work since the base started. Calls
neither AWS nor Terraform. The base is synthesized in build/review, once for each commit.

Exit codes: 0 nothing risky, 2 risky, 3 blocked by a gate, 1 the review cannot be made. Acknowledged findings do not count.

Examples:
  npm run review -- --base origin/main
  npm run review -- --base origin/main --markdown review.md
  npm run --silent review -- --base origin/main --json`;

/** `npm run review -- --base origin/main`: what a change of the files does to AWS, without credentials. */
run(async () => {
  let exitCode = 0;
  const program = addGateOptions(new Command("review"))
    .description("Compare the stacks of two revisions. Changes nothing.")
    .requiredOption("--base <revision>", "branch, tag or commit to compare with, e.g. origin/main")
    .option("--markdown <file>", "write the report to a file for a comment on GitHub")
    .option("--json", "print JSON")
    .addHelpText("after", help)
    .action((options: ReviewOptions) => {
      exitCode = review(options);
    });
  await parseCommands(program, process.argv);
  return exitCode;
});

function review({ base, markdown, json = false, ...gates }: ReviewOptions): number {
  const commit = commonCommit(base);
  const head = checkedOut();
  const project = loadProject(definitions);
  const report = reportOn(baseStacks(commit), headStacks(project), {
    base: `${base} (${commit.slice(0, 12)})`,
    head: `${head.commit.slice(0, 12)}${head.isDirty ? " with uncommitted changes" : ""}`,
  });
  const judgement = judge(report.stacks, [
    ...gates.acknowledge,
    ...gates.labels,
    ...environmentAcknowledgements(project.environments),
  ]);
  print({ ...report, gates: judgement }, { markdown, json });
  return exitCodeOf(judgement, gates.failOn);
}

/** The stacks of the files in this folder. Another folder than that of `npm run synth` holds them. */
function headStacks(project: ReturnType<typeof loadProject>): Stacks {
  const outdir = mkdtempSync(join(tmpdir(), "review-"));
  try {
    writeStacks(project, outdir);
    return writtenStacks(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function print(report: Report, { markdown, json }: { markdown: string | undefined; json: boolean }): void {
  if (markdown !== undefined) writeFileSync(markdown, asMarkdown(report));
  if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else process.stdout.write(asText(report));
}
