import { Command } from "commander";
import { registryStackName } from "../../environments/naming";
import { ownsRegistry } from "../../environments/plan/registry-owner";
import { registryPlans } from "../../environments/plan/registry-plan";
import { listedProject } from "../environment-files/listed-project";
import { writeImports } from "../imports/existing-resources";
import { forgottenSettings } from "../runner/forgotten-settings";
import { type CommandHelp, commandHelp } from "../runner/help-text";
import { importFile } from "../runner/import-file";
import { commandLine } from "../runner/in-order";
import { environmentNamed, selected } from "../runner/selection";
import { type Stack, synthesizedStacks } from "../runner/stack";
import { synthesize } from "../runner/synthesis";

const help: CommandHelp = {
  notes: `1. Old owner: npm run --silent registry -- export --env live > live.json
2. New owner: include the file in ecr.registryRequests, then
   npm run registry -- move --env dev      writes import blocks for what the registry has
   npm run deploy -- dev --layer registry  imports it, and shows what changes
3. Old owner: set ecr.registryOwner: "other-project", then
   npm run registry -- move --env live     says what its stack forgets
   npm run deploy -- live --layer registry

Until step 3, no other deploy of the old owner's registry layer may run: it would put the old settings back.`,
  exitCodes: { 0: "the next deploy can run", 1: "it cannot be prepared" },
  examples: ["--env prod"],
};

/**
 * `registry move`: prepare the deploy with which a registry's settings move from the stack of one project to that of
 * another. The settings in AWS are never removed: the new owner imports them, and then the old one forgets them.
 */
export function moveCommand(): Command {
  return new Command("move")
    .description(
      "Prepare to take over the settings of a registry from another project, or to hand them over. Changes nothing in AWS.",
    )
    .requiredOption("--env <name>", "environment in the registry, e.g. prod")
    .addHelpText("after", commandHelp("registry -- move", help))
    .action(async ({ env }: { env: string }) => {
      const project = listedProject();
      const environment = environmentNamed(env, project.environments);
      const plans = registryPlans(project.environments);
      // Those of replicas, and its own.
      const registries = synthesizedStacks(
        selected("deploy", environment, ["registry"]),
        synthesize(project),
      );
      for (const registry of registries) {
        const plan = plans.find((one) => registryStackName(one) === registry.stack);
        await (plan !== undefined && ownsRegistry(plan) ? takeOver(registry) : handOver(registry));
      }
    });
}

/** Write import blocks for the settings that AWS has and the state does not. */
async function takeOver(registry: Stack): Promise<void> {
  const { stack, directory } = registry;
  const { existing } = await writeImports(registry);
  if (existing.length === 0) {
    process.stdout.write(`${stack} already has every setting of the registry that it declares.\n`);
    return;
  }
  process.stdout.write(`${stack} imports ${existing.length} of its resources:\n`);
  for (const address of existing) process.stdout.write(`  ${address}\n`);
  process.stdout.write(`Written to ${importFile(directory)}.\n`);
  next(registry, "The review of that plan names what repositories would lose.");
}

/** Say what the state forgets with the `removed` blocks that the stack has. */
async function handOver(registry: Stack): Promise<void> {
  const { stack } = registry;
  const forgotten = await forgottenSettings(registry);
  if (forgotten.length === 0) {
    process.stdout.write(
      `${stack} has no setting of the registry in its state; nothing is left to hand over.\n`,
    );
    return;
  }
  process.stdout.write(`${stack} forgets these settings, and leaves them in AWS:\n`);
  for (const address of forgotten) process.stdout.write(`  ${address}\n`);
  next(registry, "Deploy only after the new owner has.");
}

function next({ environment }: Stack, note: string): void {
  process.stdout.write(`Next: ${commandLine("deploy", environment.name, ["registry"])}\n${note}\n`);
}
