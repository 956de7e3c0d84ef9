import "./completion";
import { definitions } from "../environments/all";
import { loadEnvironments } from "../environments/load";
import { deployOrder, sharesRegistry } from "../environments/stack-plan";
import { parseArguments } from "./arguments";
import { run } from "./command";
import { approve, environmentNamed, selected } from "./selection";
import { change, init, stacksOf, target } from "./stack";
import { synthesize } from "./synthesis";
import { requireUpstream } from "./upstream";

/** `npm run deploy -- <environment>`: the stacks of an environment, one after the other, until one fails. */
run(async () => {
  const args = parseArguments("deploy", "Deploy an environment, layer by layer.", process.argv);
  const environments = loadEnvironments(definitions);
  const environment = environmentNamed(args.environment, environments);
  const synthesized = synthesize();
  await approve("deploy", environment, args.autoApprove);
  const stacks = stacksOf(selected(environment, args.layers), synthesized);
  const near = [environment, ...sharesRegistry(environment, environments)];
  await requireUpstream(stacks, stacksOf(near.flatMap(deployOrder), synthesized), stacks);
  for (const [index, stack] of stacks.entries()) {
    process.stdout.write(`\n[${index + 1}/${stacks.length}] deploy ${stack.stack}\n`);
    await init(stack);
    await change("apply", stack, args);
  }
  process.stdout.write(`\nDeployed ${target(environment)}: ${stacks.map(({ stack }) => stack).join(", ")}\n`);
  return 0;
});
