import "../exit-guard";
import { loadProject } from "../app";
import { definitions } from "../environments/all";
import type { Environment } from "../environments/plan/environment";
import { deployOrder, sharesRegistry } from "../environments/plan/stacks";
import { withoutProtection } from "./review/deletion-block";
import { parseArguments } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { approve, environmentNamed, selected } from "./runner/selection";
import { destroy, init, resourcesIn, type Stack, synthesizedStacks, target } from "./runner/stack";
import { synthesize } from "./runner/synthesis";

/** `npm run destroy -- <environment>`: the stacks of an environment in reverse order. */
run(async () => {
  const args = parseArguments(
    "destroy",
    "Destroy an environment, layer by layer, from the top.",
    process.argv,
  );
  const project = loadProject(definitions);
  const { environments } = project;
  const environment = environmentNamed(args.environment, environments);
  if (args.layers.includes("bootstrap"))
    throw new CommandError("The state bucket is never destroyed by a command: it holds the way back.");
  if (environment.deletionProtection) throw new CommandError(protectedAdvice(environment));
  const sharing = sharesRegistry(environment, environments).map(({ name }) => name);
  if (sharing.length > 0 && args.layers.includes("registry"))
    throw new CommandError(
      `The registry of ${environment.name} also serves ${sharing.join(", ")}, so it is not destroyed with one of them.`,
    );
  const synthesized = synthesize(project);
  await approve("destroy", environment, args.autoApprove);
  const order = deployOrder(environment).filter(({ layer }) => layer !== "registry" || sharing.length === 0);
  const chosen = selected(environment, args.layers).map(({ stack }) => stack);
  const all = synthesizedStacks(order, synthesized);
  const stacks = all.filter(({ stack }) => chosen.includes(stack)).reverse();
  await nothingAbove(stacks, all);
  if (sharing.length > 0) process.stdout.write(`The registry stays: it also serves ${sharing.join(", ")}.\n`);
  for (const [index, stack] of stacks.entries()) {
    process.stdout.write(`\n[${index + 1}/${stacks.length}] destroy ${stack.stack}\n`);
    await init(stack);
    await destroy(stack, args);
  }
  process.stdout.write(
    `\nDestroyed ${target(environment)}: ${stacks.map(({ stack }) => stack).join(", ")}\n`,
  );
  return 0;
});

/** A layer below may only go when the layers above it hold nothing or go in the same run. */
async function nothingAbove(selection: readonly Stack[], all: readonly Stack[]): Promise<void> {
  const lowest = Math.min(...selection.map((stack) => all.indexOf(stack)));
  const layersAbove = all.slice(lowest + 1).filter((stack) => !selection.includes(stack));
  for (const above of layersAbove.toReversed()) {
    await init(above);
    const { length } = await resourcesIn(above);
    if (length > 0)
      throw new CommandError(
        `${above.stack} still has ${length} resources above ${all[lowest]?.stack}; destroy it first: npm run destroy -- ${above.environment.name} --layer ${above.layer}`,
      );
  }
}

function protectedAdvice(environment: Environment): string {
  return [
    `${environment.name} is protected from deletion. To destroy it, write ${withoutProtection(environment)}, and run the command again.`,
    "A repository that still holds images also needs forceDelete: true, deployed before.",
  ].join("\n");
}
