import "../exit-guard";
import { Command } from "commander";
import { stacksOf } from "../environments/plan/stacks";
import { listedProject } from "./environment-files/listed-project";
import { gateBlock } from "./images/gate-block";
import { runningBlock } from "./images/running-block";
import { acceptRunningImageLosses as acceptFlag } from "./images/running-losses";
import { readSavedPlans } from "./plan/saved-plans";
import { applySaved, restored, savedOf } from "./plan/saved-stack";
import { planCounts } from "./review/plan-review";
import { parseCommands, withReport } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { type CommandHelp, commandHelp } from "./runner/help-text";
import { inOrder } from "./runner/in-order";
import { confirm } from "./runner/question";
import { type ReportOptions, reportedRun } from "./runner/reported-run";
import { reserveStandardOutput } from "./runner/result-stream";
import { RunLog } from "./runner/run-report";
import { approve, environmentNamed } from "./runner/selection";
import { target } from "./runner/stack";
import { stackIn } from "./runner/written-stacks";
import { requireCacheCredentials } from "./secrets/cache-credentials";

const help: CommandHelp = {
  notes: `Refuses everything if a plan, an environment file or the provider lock has changed since, and each stack whose state or
inputs have. Needs no synth.`,
  exitCodes: {
    0: "every stack is applied",
    1: "failed",
    2: "the plans are applied and a stack has to be planned again",
  },
  examples: ["plans", "plans --json"],
};

/** `npm run apply -- <folder>`: apply the plans that `npm run plan -- <environment> --out <folder>` has saved. */
run(async () => {
  let exitCode = 0;
  const program = new Command("apply")
    .description("Apply exactly the plans that npm run plan has saved.")
    .argument("<folder>", "folder of the saved plans")
    .option("--auto-approve", "do not ask for confirmation")
    .option(acceptFlag, "let changed lifecycle policies remove images that run")
    .addHelpText("after", commandHelp("apply", help))
    .action(async (folder: string, options: ApplyOptions) => {
      exitCode = await apply(folder, options);
    });
  withReport(program);
  await parseCommands(program, process.argv);
  return exitCode;
});

type ApplyOptions = Partial<ReportOptions> & {
  readonly autoApprove?: boolean;
  readonly acceptRunningImageLosses?: boolean;
};

async function apply(
  folder: string,
  { autoApprove = false, acceptRunningImageLosses = false, json = false, markdown }: ApplyOptions,
): Promise<number> {
  if (json) reserveStandardOutput();
  const manifest = readSavedPlans(folder);
  const { environments } = listedProject();
  const environment = environmentNamed(manifest.environment, environments);
  const plans = [environment, ...environments].flatMap(stacksOf);
  const planOf = (name: string) => {
    const found = plans.find(({ stack }) => stack === name);
    if (found === undefined)
      throw new CommandError(`There is no stack ${name} any more; nothing was applied.`);
    return found;
  };
  const stackOf = (name: string) => restored(planOf(name), folder);
  const stacks = manifest.stacks.filter(({ plan }) => plan).map(({ stack }) => stackOf(stack));
  const again = `npm run plan -- ${environment.name} --out ${folder}, then npm run apply -- ${folder}`;
  const log = new RunLog({
    ...{ verb: "apply", environment, command: again },
    stacks: stacks.map(({ stack }) => stack),
  });
  await reportedRun(log, { json, markdown }, async () => {
    await approve("deploy", environment, autoApprove);
    await requireCacheCredentials(stacks, environments);
    if (!autoApprove && environment.tier !== "production")
      await confirm(`Apply these plans to ${target(environment)}?`, "nothing was applied");
    await inOrder(stacks, { verb: "deploy", command: again }, async (stack, index) => {
      process.stdout.write(`\n[${index + 1}/${stacks.length}] apply ${stack.stack}\n`);
      log.begin();
      const plan = await applySaved(stack, savedOf(manifest, stack.stack), {
        ...{ folder, stackOf },
        whyNot: async (plan) =>
          (await runningBlock(stack, plan, stackIn(stack.directory), acceptRunningImageLosses)) ??
          (await gateBlock(stack, plan)),
      });
      process.stdout.write(`${log.finish(stack.stack, { outcome: "applied", changes: planCounts(plan) })}\n`);
    });
  });
  const waits = manifest.stacks.flatMap((saved) => saved.waits);
  if (waits.length === 0) return 0;
  process.stdout.write([...waits, `To continue: ${again}`, ""].join("\n"));
  return 2;
}
