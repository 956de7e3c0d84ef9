import "../exit-guard";
import type { Environment } from "../environments/plan/environment";
import { includedBy } from "../environments/plan/included-requests";
import { deployOrder, sharesStack } from "../environments/plan/stacks";
import { listedProject } from "./environment-files/listed-project";
import { protectionOverride } from "./review/deletion-block";
import { parseDestroyArguments } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { requireDestructible } from "./runner/destruction-check";
import { requireForgotten } from "./runner/forgotten-settings";
import { commandLine, inOrder } from "./runner/in-order";
import { init } from "./runner/initialization";
import { reportedRun } from "./runner/reported-run";
import { reserveStandardOutput } from "./runner/result-stream";
import { onlyDestroyed, RunLog } from "./runner/run-report";
import { approve, environmentNamed, selected } from "./runner/selection";
import { destroy, type Stack, synthesizedStacks } from "./runner/stack";
import { resourcesIn } from "./runner/state";
import { synthesize } from "./runner/synthesis";

/** `npm run destroy -- <environment>`: destroy the stacks of an environment in reverse order. */
run(async () => {
  const args = parseDestroyArguments(process.argv);
  if (args.json) reserveStandardOutput();
  const project = listedProject();
  const { environments } = project;
  const environment = environmentNamed(args.environment, environments);
  if (args.layers.includes("bootstrap"))
    throw new CommandError(
      "This command never destroys the state bucket; you need it to recover. Delete it by hand if you are sure.",
    );
  if (environment.deletionProtection) throw new CommandError(protectionAdvice(environment));
  const kept = sharedRegistries(environment, environments);
  const registries = deployOrder(environment).filter(({ layer }) => layer === "registry");
  if (kept.length === registries.length && args.layers.includes("registry"))
    throw new CommandError(
      kept
        .map(
          ({ stack, others }) =>
            `${stack} also serves ${others}; this command does not destroy a shared registry.`,
        )
        .join("\n"),
    );
  const synthesized = synthesize(project);
  const order = deployOrder(environment).filter(({ stack }) => !kept.some((one) => one.stack === stack));
  const chosen = selected("destroy", environment, args.layers).map(({ stack }) => stack);
  const all = synthesizedStacks(order, synthesized);
  const stacks = all.filter(({ stack }) => chosen.includes(stack)).reverse();
  const command = commandLine("destroy", environment.name, args.layers);
  const log = new RunLog({
    ...{ verb: "destroy", environment, command },
    stacks: stacks.map(({ stack }) => stack),
  });
  await reportedRun(log, args, async () => {
    await approve("destroy", environment, args.autoApprove);
    await requireEmptyAbove(stacks, all);
    await requireForgotten(stacks);
    // Repositories, load balancers and clusters are in these layers only.
    for (const stack of stacks)
      if (stack.layer === "compute" || stack.layer === "replicas") await requireDestructible(stack);
    for (const { stack, others } of kept)
      process.stdout.write(`Keeping ${stack}: it also serves ${others}.\n`);
    await inOrder(stacks, { verb: "destroy", command }, async (stack, index) => {
      process.stdout.write(`\n[${index + 1}/${stacks.length}] destroy ${stack.stack}\n`);
      log.begin();
      await init(stack, { always: true });
      const count = await destroy(stack, args);
      const changes = count === undefined ? undefined : onlyDestroyed(count);
      process.stdout.write(`${log.finish(stack.stack, { outcome: "destroyed", changes })}\n`);
    });
  });
  return 0;
});

/** The registry stacks that other environments need too, also in other projects, and the names of those. */
function sharedRegistries(
  environment: Environment,
  environments: readonly Environment[],
): { readonly stack: string; readonly others: string }[] {
  return deployOrder(environment).flatMap((plan) => {
    if (plan.layer !== "registry") return [];
    const sharing = sharesStack(plan, environments);
    const others = [
      ...sharing.map(({ name }) => name),
      ...[environment, ...sharing].flatMap((one) => includedIn(one, plan.region)),
    ];
    return others.length === 0 ? [] : [{ stack: plan.stack, others: others.join(", ") }];
  });
}

/** The environments of other projects whose requests an environment includes for its registry, e.g. `shop live`. */
function includedIn(environment: Environment, region: string): string[] {
  return includedBy(environment, region).map(
    ({ requests: { project, environment: name } }) => `${project} ${name}`,
  );
}

/** @throws CommandError when a layer above the lowest selected one has resources that this run does not destroy */
async function requireEmptyAbove(selection: readonly Stack[], all: readonly Stack[]): Promise<void> {
  const lowest = Math.min(...selection.map((stack) => all.indexOf(stack)));
  const layersAbove = all.slice(lowest + 1).filter((stack) => !selection.includes(stack));
  for (const above of layersAbove.toReversed()) {
    const { length } = await resourcesIn(above);
    if (length > 0)
      throw new CommandError(
        `${above.stack} still has ${length} resource${length === 1 ? "" : "s"} and may depend on ${all[lowest]?.stack}; destroy it first: npm run destroy -- ${above.environment.name} --layer ${above.layer}`,
      );
  }
}

function protectionAdvice(environment: Environment): string {
  return [
    `${environment.name} is protected from deletion. To destroy it, set ${protectionOverride(environment)}, and rerun the command.`,
    "A repository that still holds images also needs forceDelete: true; deploy that first.",
  ].join("\n");
}
