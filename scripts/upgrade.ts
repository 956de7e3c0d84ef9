import "../exit-guard";
import { existsSync, readFileSync } from "node:fs";
import { Command } from "commander";
import type { Layer } from "../environments/naming";
import { listedProject } from "./environment-files/listed-project";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";
import { layerOption } from "./runner/environment-command";
import { commandHelp } from "./runner/help-text";
import { importFile } from "./runner/import-file";
import { environmentNamed, selected } from "./runner/selection";
import { type Stack, synthesizedStacks } from "./runner/stack";
import { synthesize } from "./runner/synthesis";
import { pull } from "./shards/states";
import { declaredIn, stackIn } from "./states/declared";
import { movesBetween, type StackResources, storedIn } from "./states/moves";
import { type DeclaredStack, type DeployedState, upgradeOf } from "./upgrade/stack-upgrade";
import { unreadableState } from "./upgrade/unreadable-state";
import { type UpgradedStack, upgradeText } from "./upgrade/upgrade-text";

/**
 * `npm run upgrade -- check <environment>`: after an update of this project, compare what is deployed with what it declares
 * now. Reads states and files; changes nothing.
 */
run(async () => {
  let exitCode = 0;
  const program = new Command("upgrade").description(
    "What an update of this project does to what is deployed.",
  );
  program
    .command("check")
    .description(
      "List what a deploy would move, import, replace or destroy, and which layers to deploy first. Changes nothing.",
    )
    .argument("<environment>", "name of the environment, e.g. dev")
    .addOption(layerOption())
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      commandHelp("upgrade -- check", {
        exitCodes: {
          0: "nothing moves, is imported, replaced or destroyed",
          1: "it cannot be compared",
          2: "the list is not empty",
        },
        examples: ["dev", "dev --json"],
      }),
    )
    .action(async (name: string, options: { layer: Layer[]; json?: boolean }) => {
      const stacks = await upgrades(name, options.layer);
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify({ schemaVersion: 1, environment: name, stacks }, null, 2)}\n`
          : upgradeText(name, stacks),
      );
      exitCode = stacks.some(({ status }) => status === "changes") ? 2 : 0;
    });
  await parseCommands(program, process.argv);
  return exitCode;
});

async function upgrades(name: string, layers: readonly Layer[]): Promise<UpgradedStack[]> {
  const project = listedProject();
  const environment = environmentNamed(name, project.environments);
  const synthesized = synthesize(project);
  const stacks = synthesizedStacks(selected("deploy", environment, layers), synthesized);
  const states = new Map<string, DeployedState | undefined>();
  for (const stack of stacks)
    states.set(
      stack.stack,
      await pull(stack).catch((error: unknown) => {
        throw unreadableState(error, stack.stack, environment);
      }),
    );
  const compute = stacks.filter(({ layer }) => layer === "compute");
  const moves = movesBetween(
    compute.map(({ stack, directory }): StackResources => {
      return { stack, stored: storedIn(states.get(stack)), declared: declaredIn(directory) };
    }),
  );
  return stacks.map((stack) => ({
    ...upgradeOf(stack.stack, states.get(stack.stack), declaredStack(stack), moves),
    layer: stack.layer,
    readers: synthesized
      .filter(({ reads }) => reads.some(({ writer }) => writer === stack.stack))
      .map((reader) => reader.name),
  }));
}

/** What Terraform reads in the folder of a stack: its JSON, and import blocks that `npm run imports` has written. */
function declaredStack({ directory }: Stack): DeclaredStack {
  const declared = stackIn(directory) as DeclaredStack;
  const file = importFile(directory);
  if (!existsSync(file)) return declared;
  const imports: DeclaredStack["import"] = JSON.parse(readFileSync(file, "utf8")).import;
  return { ...declared, import: [...(declared.import ?? []), ...(imports ?? [])] };
}
