import { Command } from "commander";
import type { Layer } from "../../environments/naming";
import { groupBy } from "../../modules/values/group-by";
import { listedProject } from "../environment-files/listed-project";
import { layerOption } from "../runner/environment-command";
import { type CommandHelp, commandHelp } from "../runner/help-text";
import { environmentNamed, selected } from "../runner/selection";
import { synthesizedStacks } from "../runner/stack";
import { synthesize } from "../runner/synthesis";
import { heldElsewhere } from "../shards/held-elsewhere";
import { planAdoption, type StackAdoption } from "./plan/plan-stack";

interface PlanOptions {
  readonly env: string;
  readonly layer: Layer[];
  readonly json?: boolean;
}

const help: CommandHelp = {
  notes: `Writes import blocks for everything that exists and is in no state of the environment, plans each stack with them, and
explains each difference: how to keep what is there, or that it is only in the state. Changes nothing in AWS or in a state.
A stack that reads another one needs that one deployed: the security layer comes first.`,
  exitCodes: {
    0: "everything is imported and nothing changes",
    1: "something cannot be planned",
    2: "the deploy would change something",
  },
  examples: ["--env dev", "--env dev --layer compute --json"],
};

/** `adopt plan`: what a deploy would do after everything that exists is imported. */
export function planCommand(setExitCode: (code: number) => void): Command {
  return new Command("plan")
    .description("Write import blocks for what exists, and explain what a deploy would change.")
    .requiredOption("--env <name>", "environment, e.g. dev")
    .addOption(layerOption())
    .option("--json", "print JSON")
    .addHelpText("after", commandHelp("adopt -- plan", help))
    .action(async ({ env, layer, json = false }: PlanOptions) => {
      const project = listedProject();
      const environment = environmentNamed(env, project.environments);
      const stacks = synthesizedStacks(selected("import", environment, layer), synthesize(project));
      const moves = await heldElsewhere(stacks);
      const found: StackAdoption[] = [];
      for (const stack of stacks) {
        const elsewhere = moves.filter(({ to }) => to === stack.stack).map(({ address }) => address);
        const one = await planAdoption(stack, new Set(elsewhere));
        found.push(one);
        if (!json) process.stdout.write(adoptionText(one));
      }
      if (json) process.stdout.write(`${JSON.stringify(found.map(asJson), null, 2)}\n`);
      if (found.some(({ differences, unchangeable }) => differences.length + unchangeable.size > 0))
        setExitCode(2);
    });
}

const asJson = ({ unchangeable, ambiguous, ...rest }: StackAdoption) => ({
  ...rest,
  unchangeable: Object.fromEntries(unchangeable),
  ambiguous: Object.fromEntries(ambiguous),
});

/** The plan of a stack in lines. Equal differences of several resources are together. */
export function adoptionText({
  stack,
  counts,
  differences,
  unchangeable,
  ambiguous,
  unknown,
}: StackAdoption): string {
  const { imported, added, changed, destroyed } = counts;
  const lines = [
    `${stack}: ${imported} to import, ${added} to add, ${changed} to change, ${destroyed} to destroy`,
  ];
  const groups = groupBy(
    differences,
    ({ effect, change, why }) => `${effect}${change === undefined ? "" : ` ${change}`}\n    ${why}`,
  );
  for (const [text, equal] of groups)
    lines.push(`  ${equal.map(({ address }) => address).join(", ")}: ${text}`);
  for (const [address, reasons] of unchangeable)
    lines.push(
      `  ${[address, ...reasons].join(": ")}: exists, and would be replaced, so it is not imported; change the option, or declare it as unmanaged`,
    );
  for (const [address, ids] of ambiguous)
    if (ids.length > 0)
      lines.push(`  ${address}: AWS has several that fit, so none is imported: ${ids.join(", ")}`);
  for (const address of unknown) lines.push(`  ${address}: not looked for, so it may exist`);
  return `${lines.join("\n")}\n`;
}
