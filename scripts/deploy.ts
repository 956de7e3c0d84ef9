import "../exit-guard";
import type { Environment } from "../environments/plan/environment";
import { listedProject } from "./environment-files/listed-project";
import { gateBlock } from "./images/gate-block";
import { runningBlock } from "./images/running-block";
import { blocksOf } from "./review/blocks";
import type { Review } from "./review/plan-review";
import { type DeployArguments, parseDeployArguments } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { commandLine, inOrder } from "./runner/in-order";
import { confirm } from "./runner/question";
import { type EnvironmentRun, reportedRuns } from "./runner/reported-runs";
import { reserveStandardOutput } from "./runner/result-stream";
import { RunLog, type StackOutcome } from "./runner/run-report";
import { withPlan } from "./runner/saved-plan";
import { approve, chosenEnvironments, selected, withSharedRegistry } from "./runner/selection";
import { type Stack, synthesizedStacks, target } from "./runner/stack";
import { loadBalancerHosts } from "./runner/state";
import { synthesize } from "./runner/synthesis";
import { interruption } from "./runner/terraform";
import { requireUpstream } from "./runner/upstream";
import { stackIn } from "./runner/written-stacks";
import { requireCacheCredentials } from "./secrets/cache-credentials";

/**
 * `npm run deploy -- <environment>`: deploy the stacks of an environment in dependency order, until one fails. Each is
 * planned, reviewed and approved, and exactly that plan is applied. `--all` does this for one environment after another.
 */
run(async () => {
  const args = parseDeployArguments(process.argv);
  if (args.json) reserveStandardOutput();
  const project = listedProject();
  const chosen = chosenEnvironments(args, project.environments);
  // Before the synth, because a layer can be missing.
  const plans = chosen.map((environment) => selected("deploy", environment, args.layers));
  const synthesized = synthesize(project);
  const runs = chosen.map((environment, index) =>
    deployment(environment, synthesizedStacks(plans[index] ?? [], synthesized), {
      ...{ args, environments: project.environments },
      readable: synthesizedStacks(withSharedRegistry(environment, project.environments), synthesized),
    }),
  );
  const tier = args.tier === undefined ? "" : ` --tier ${args.tier}`;
  await reportedRuns(runs, args, commandLine("deploy", args.all ? `--all${tier}` : "", args.layers));
  return 0;
});

interface DeploymentOptions {
  readonly args: DeployArguments;
  readonly environments: readonly Environment[];
  /** Every stack whose outputs may be read. */
  readonly readable: readonly Stack[];
}

/** The deployment of one environment. */
function deployment(
  environment: Environment,
  stacks: readonly Stack[],
  { args, environments, readable }: DeploymentOptions,
): EnvironmentRun {
  const command = commandLine("deploy", environment.name, args.layers);
  const log = new RunLog({
    ...{ verb: "deploy", environment, command },
    stacks: stacks.map(({ stack }) => stack),
  });
  const work = async () => {
    await approve("deploy", environment, args.autoApprove);
    await requireUpstream(stacks, readable, stacks);
    await requireCacheCredentials(stacks, environments);
    await inOrder(stacks, { verb: "deploy", command }, async (stack, index) => {
      // The secrets exist since the layer before, and no later layer should be deployed only to stop at the registry.
      if (stacks[index - 1]?.layer === "security")
        await requireCacheCredentials(stacks.slice(index), environments);
      process.stdout.write(`\n[${index + 1}/${stacks.length}] deploy ${stack.stack}\n`);
      log.begin();
      const outcome = await deployStack(stack, args);
      const line = log.finish(stack.stack, outcome);
      if (outcome.outcome === "applied" && stack.layer === "compute") log.loadBalancers(await hostsOf(stack));
      process.stdout.write(`${line}\n`);
    });
  };
  return { log, work };
}

/** Host names of load balancers. The stack is applied: that they cannot be read fails nothing. */
async function hostsOf(stack: Stack): ReturnType<typeof loadBalancerHosts> {
  try {
    return await loadBalancerHosts(stack);
  } catch (error) {
    if (!(error instanceof CommandError) || interruption() !== undefined) throw error;
    process.stderr.write(`The host names of load balancers cannot be read: ${error.message}\n`);
    return {};
  }
}

/** Plan, review and apply one stack. @throws CommandError when something stops it */
async function deployStack(
  stack: Stack,
  { terraformFlags, acceptRegistryLosses, acceptRunningImageLosses, autoApprove }: DeployArguments,
): Promise<StackOutcome> {
  let applied: Review | undefined;
  await withPlan(stack, { lock: true, terraformFlags }, async ({ plan, review, orderBlock, apply }) => {
    const runs = await runningBlock(stack, plan, stackIn(stack.directory), acceptRunningImageLosses);
    const [block = runs] = blocksOf(stack, review, orderBlock, {
      registryLosses: acceptRegistryLosses,
    });
    const stop = block ?? (await gateBlock(stack, plan));
    if (stop !== undefined) throw new CommandError(`${stop}\nNothing in ${stack.stack} was applied.`);
    if (!autoApprove) await approvePlan(stack);
    await apply();
    applied = review;
  });
  return applied === undefined ? { outcome: "no changes" } : { outcome: "applied", changes: applied };
}

/** Ask for approval of the plan just shown. @throws CommandError unless the answer is `yes` */
const approvePlan = ({ stack, environment }: Stack): Promise<void> =>
  confirm(`Apply this plan for ${stack} in ${target(environment)}?`, `nothing in ${stack} was applied`);
