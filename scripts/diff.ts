import "../exit-guard";
import { definitions } from "../environments/all";
import { loadEnvironments } from "../environments/load";
import { deployOrder, sharesRegistry } from "../environments/plan/stacks";
import { whyStopped } from "./review/deletion-block";
import { parseArguments } from "./runner/arguments";
import { run } from "./runner/command";
import { withPlan } from "./runner/saved-plan";
import { environmentNamed, selected } from "./runner/selection";
import { init, stacksOf } from "./runner/stack";
import { synthesize } from "./runner/synthesis";
import { requireUpstream } from "./runner/upstream";

/** `npm run diff -- <environment>`: the plan of every stack and its review. Exit code 0 without changes, 2 with some. */
run(async () => {
  const args = parseArguments("diff", "Show what a deploy would change.", process.argv, { asks: false });
  const environments = loadEnvironments(definitions);
  const environment = environmentNamed(args.environment, environments);
  const synthesized = synthesize();
  const stacks = stacksOf(selected(environment, args.layers), synthesized);
  const near = [environment, ...sharesRegistry(environment, environments)];
  await requireUpstream(stacks, stacksOf(near.flatMap(deployOrder), synthesized), []);
  const changed: string[] = [];
  for (const [index, stack] of stacks.entries()) {
    process.stdout.write(`\n[${index + 1}/${stacks.length}] plan ${stack.stack}\n`);
    await init(stack);
    const changes = await withPlan(stack, { lock: false, passed: args.passed }, ({ review }) => {
      const stopped = whyStopped(environment, stack.stack, review.losses);
      if (stopped !== undefined) process.stdout.write(`A deploy would stop here: ${stopped}\n`);
    });
    if (changes) changed.push(stack.stack);
  }
  process.stdout.write(
    changed.length === 0 ? "\nNo changes.\n" : `\nStacks with changes: ${changed.join(", ")}\n`,
  );
  return changed.length === 0 ? 0 : 2;
});
