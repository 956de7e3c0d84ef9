import "../exit-guard";
import { listedProject } from "./environment-files/listed-project";
import { blocksOf } from "./review/blocks";
import { parseDeployArguments } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { stopwatch } from "./runner/elapsed";
import { commandLine, inOrder } from "./runner/in-order";
import { confirm } from "./runner/question";
import { withPlan } from "./runner/saved-plan";
import { approve, environmentNamed, selected, withSharedRegistry } from "./runner/selection";
import { type Stack, synthesizedStacks, target } from "./runner/stack";
import { synthesize } from "./runner/synthesis";
import { requireUpstream } from "./runner/upstream";
import { requireCacheCredentials } from "./secrets/cache-credentials";

/**
 * `npm run deploy -- <environment>`: deploy the stacks of an environment in dependency order, until one fails. Each is
 * planned, reviewed and approved, and exactly that plan is applied.
 */
run(async () => {
  const elapsed = stopwatch();
  const args = parseDeployArguments(process.argv);
  const project = listedProject();
  const { environments } = project;
  const environment = environmentNamed(args.environment, environments);
  const synthesized = synthesize(project);
  await approve("deploy", environment, args.autoApprove);
  const stacks = synthesizedStacks(selected("deploy", environment, args.layers), synthesized);
  const readable = synthesizedStacks(withSharedRegistry(environment, environments), synthesized);
  await requireUpstream(stacks, readable, stacks);
  await requireCacheCredentials(stacks, environments);
  const command = commandLine("deploy", environment.name, args.layers);
  await inOrder(stacks, { verb: "deploy", command }, async (stack, index) => {
    // The secrets exist since the layer before, and no later layer should be deployed only to stop at the registry.
    if (stacks[index - 1]?.layer === "security")
      await requireCacheCredentials(stacks.slice(index), environments);
    process.stdout.write(`\n[${index + 1}/${stacks.length}] deploy ${stack.stack}\n`);
    const stackElapsed = stopwatch();
    const { changes } = await withPlan(
      stack,
      { lock: true, terraformFlags: args.terraformFlags },
      async ({ review, orderBlock, apply }) => {
        const accepted = { registryLosses: args.acceptRegistryLosses };
        const [block] = blocksOf(stack, review, orderBlock, accepted);
        if (block !== undefined) throw new CommandError(`${block}\nNothing in ${stack.stack} was applied.`);
        if (!args.autoApprove) await approvePlan(stack);
        await apply();
      },
    );
    const outcome = changes ? "applied" : "no changes; nothing to apply";
    process.stdout.write(`${stack.stack}: ${outcome} ${stackElapsed()}\n`);
  });
  const deployed = stacks.map(({ stack }) => stack).join(", ");
  process.stdout.write(`\nDeployed ${target(environment)}: ${deployed} ${elapsed()}\n`);
  return 0;
});

/** Ask for approval of the plan just shown. @throws CommandError unless the answer is `yes` */
const approvePlan = ({ stack, environment }: Stack): Promise<void> =>
  confirm(`Apply this plan for ${stack} in ${target(environment)}?`, `nothing in ${stack} was applied`);
