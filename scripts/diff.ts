import "../exit-guard";
import { loadProject } from "../app";
import { definitions } from "../environments/all";
import { deployOrder, sharesRegistry } from "../environments/plan/stacks";
import { deletionBlock } from "./review/deletion-block";
import { parseArguments } from "./runner/arguments";
import { run } from "./runner/command";
import { withPlan } from "./runner/saved-plan";
import { environmentNamed, selected } from "./runner/selection";
import { init, synthesizedStacks } from "./runner/stack";
import { synthesize } from "./runner/synthesis";
import { requireUpstream } from "./runner/upstream";

/** `npm run diff -- <environment>`: plan and review every stack. Exit code 0 without changes, 2 with changes. */
run(async () => {
  const args = parseArguments("diff", "Show what a deploy would change. Changes nothing.", process.argv, {
    asks: false,
  });
  const project = loadProject(definitions);
  const { environments } = project;
  const environment = environmentNamed(args.environment, environments);
  const synthesized = synthesize(project);
  const stacks = synthesizedStacks(selected("diff", environment, args.layers), synthesized);
  const registryEnvironments = [environment, ...sharesRegistry(environment, environments)];
  await requireUpstream(
    stacks,
    synthesizedStacks(registryEnvironments.flatMap(deployOrder), synthesized),
    [],
  );
  const changed: string[] = [];
  for (const [index, stack] of stacks.entries()) {
    process.stdout.write(`\n[${index + 1}/${stacks.length}] plan ${stack.stack}\n`);
    await init(stack);
    const changes = await withPlan(
      stack,
      { lock: false, terraformFlags: args.terraformFlags },
      ({ review }) => {
        const block = deletionBlock(environment, stack.stack, review.losses);
        if (block !== undefined) process.stdout.write(`A deploy would stop here: ${block}\n`);
      },
    );
    if (changes) changed.push(stack.stack);
  }
  process.stdout.write(
    changed.length === 0 ? "\nNo changes.\n" : `\nStacks with changes: ${changed.join(", ")}\n`,
  );
  return changed.length === 0 ? 0 : 2;
});
