import "../exit-guard";
import { listedProject } from "./environment-files/listed-project";
import { deletionBlock } from "./review/deletion-block";
import { registryBlock } from "./review/registry-block";
import { unmovedBlock } from "./review/unmoved-block";
import { parseDeployArguments } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { stopwatch } from "./runner/elapsed";
import { commandLine, inOrder } from "./runner/in-order";
import { ask } from "./runner/question";
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
        const block =
          unmovedBlock(environment, stack.stack, review.unmoved) ??
          deletionBlock(environment, stack.stack, review.losses) ??
          (args.acceptRegistryLosses
            ? undefined
            : registryBlock(environment, stack.stack, review.registryLosses)) ??
          orderBlock;
        if (block !== undefined) throw new CommandError(`${block}\nNothing in ${stack.stack} was applied.`);
        if (!args.autoApprove) await confirm(stack);
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
async function confirm({ stack, environment }: Stack): Promise<void> {
  const unchanged = `nothing in ${stack} was applied`;
  const answer = await ask(
    `\nApply this plan for ${stack} in ${target(environment)}?\nOnly "yes" is accepted: `,
    unchanged,
  );
  if (answer !== "yes") throw new CommandError(`"${answer}" is not yes; ${unchanged}.`);
}
