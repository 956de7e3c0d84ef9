import "./completion";
import { definitions } from "../environments/all";
import { loadEnvironments } from "../environments/load";
import { deployOrder } from "../environments/stack-plan";
import { securityContract } from "../layers/security.contract";
import { parseArguments } from "./arguments";
import { CommandError, run } from "./command";
import { approve, environmentNamed, selected } from "./selection";
import { change, init, outputsIn, type Stack, stacksOf, target } from "./stack";
import { synthesize } from "./synthesis";

/** `npm run deploy -- <environment>`: the stacks of an environment, one after the other, until one fails. */
run(async () => {
  const args = parseArguments("deploy", "Deploy an environment, layer by layer.", process.argv);
  const environment = environmentNamed(args.environment, loadEnvironments(definitions));
  await approve("deploy", environment, args.autoApprove);
  const synthesized = synthesize();
  const stacks = stacksOf(selected(environment, args.layers), synthesized);
  await securityIsThere(stacks, stacksOf(deployOrder(environment), synthesized));
  for (const [index, stack] of stacks.entries()) {
    process.stdout.write(`\n[${index + 1}/${stacks.length}] deploy ${stack.stack}\n`);
    await init(stack);
    await change("apply", stack, args);
  }
  process.stdout.write(`\nDeployed ${target(environment)}: ${stacks.map(({ stack }) => stack).join(", ")}\n`);
  return 0;
});

/** Compute reads what security publishes. Terraform would say so too, in many words and for each value. */
async function securityIsThere(selection: readonly Stack[], all: readonly Stack[]): Promise<void> {
  const layers = selection.map(({ layer }) => layer);
  const security = all.find(({ layer }) => layer === "security");
  if (!layers.includes("compute") || layers.includes("security") || security === undefined) return;
  await init(security);
  const outputs = await outputsIn(security);
  const missing = Object.keys(securityContract).filter((name) => !outputs.includes(name));
  if (missing.length > 0)
    throw new CommandError(
      `The compute layer needs what ${security.stack} publishes (missing: ${missing.join(", ")}); deploy it first: npm run deploy -- ${security.environment.name} --layer security`,
    );
}
