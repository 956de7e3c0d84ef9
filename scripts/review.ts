import "../exit-guard";
import { Command } from "commander";
import { stacksOf } from "../environments/plan/stacks";
import { pictures } from "./diagram/pictures";
import { listedProject } from "./environment-files/listed-project";
import { imagesInFiles } from "./images/file-images";
import { addImageOptions, type ImageOptions } from "./images/image-options";
import { environmentAcknowledgements } from "./review/gates/acknowledgement";
import { exitCodeOf } from "./review/gates/exit-code";
import { addGateOptions, type GateOptions } from "./review/gates/gate-options";
import { judged } from "./review/gates/judged-report";
import { reportOn } from "./review/report/compared-revisions";
import { addFormats, showReport } from "./review/report/formats";
import { parseCommands } from "./runner/arguments";
import { baseStacks } from "./runner/base-stacks";
import { run } from "./runner/command";
import { checkedOut, commonCommit, headName } from "./runner/git";
import { type CommandHelp, commandHelp } from "./runner/help-text";
import { projectStacks } from "./runner/project-stacks";

interface ReviewOptions extends GateOptions, ImageOptions {
  readonly base: string;
}

const help: CommandHelp = {
  notes: `Compares the files in this folder, committed or not, with the commit from which the work since the base started. Calls
neither AWS nor Terraform. The base is synthesized in build/review, once for each commit. Acknowledged findings do not count.`,
  exitCodes: {
    0: "nothing risky",
    1: "the review cannot be made",
    2: "risky",
    3: "blocked by a gate",
  },
  examples: [
    "--base origin/main",
    "--base origin/main --markdown review.md",
    "--base origin/main --html review.html",
    "--base origin/main --images web-app.json --images worker.json",
    "--base origin/main --json",
  ],
};

/** `npm run review -- --base origin/main`: what a change of the files does to AWS, without credentials. */
run(async () => {
  let exitCode = 0;
  const program = addImageOptions(addGateOptions(addFormats(new Command("review"))), "not known")
    .description("Compare the stacks of two revisions. Changes nothing.")
    .requiredOption("--base <revision>", "branch, tag or commit to compare with, e.g. origin/main")
    .addHelpText("after", commandHelp("review", help))
    .action(async (options: ReviewOptions) => {
      exitCode = await review(options);
    });
  await parseCommands(program, process.argv);
  return exitCode;
});

async function review({ base, ...options }: ReviewOptions): Promise<number> {
  const commit = commonCommit(base);
  const project = listedProject();
  const stacks = projectStacks(project);
  const environments = new Map(
    project.environments.flatMap((environment) =>
      stacksOf(environment).map(({ stack }) => [stack, environment]),
    ),
  );
  const images = imagesInFiles(options, (stack) => environments.get(stack), stacks);
  const revisions = { base: `${base} (${commit.slice(0, 12)})`, head: headName(checkedOut()) };
  const compared = reportOn(await baseStacks(commit), stacks, revisions, images);
  const report = judged(compared, options, environmentAcknowledgements(project.environments));
  await showReport(report, options, () => pictures(project.environments, stacks));
  return exitCodeOf(report.verdict, options.failOn);
}
