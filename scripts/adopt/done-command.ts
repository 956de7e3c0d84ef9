import { existsSync, readFileSync } from "node:fs";
import { Command } from "commander";
import { stacksOf } from "../../environments/plan/stacks";
import { listedProject } from "../environment-files/listed-project";
import { type CommandHelp, commandHelp } from "../runner/help-text";
import { importFile, removeImportFile } from "../runner/import-file";
import { environmentNamed } from "../runner/selection";
import { synthesizedStacks } from "../runner/stack";
import { resourcesIn } from "../runner/state";
import { synthesize } from "../runner/synthesis";

const help: CommandHelp = {
  notes: `deploy and apply remove the import blocks that they carry out. This removes those that something else has carried out, such
as npx cdktf deploy. Changes nothing in AWS or in a state.`,
  exitCodes: {
    0: "no import block is left",
    1: "something is wrong",
    2: "some resources are in no state yet, so their blocks stay",
  },
  examples: ["--env dev"],
};

/** `adopt done`: remove import blocks that are carried out. */
export function doneCommand(setExitCode: (code: number) => void): Command {
  return new Command("done")
    .description("Remove import blocks whose resources are in the states.")
    .requiredOption("--env <name>", "environment, e.g. dev")
    .addHelpText("after", commandHelp("adopt -- done", help))
    .action(async ({ env }: { env: string }) => {
      const project = listedProject();
      const environment = environmentNamed(env, project.environments);
      const all = synthesizedStacks(stacksOf(environment), synthesize(project));
      const stacks = all.filter(({ directory }) => existsSync(importFile(directory)));
      if (stacks.length === 0) process.stdout.write(`${env}: no import block is left.\n`);
      for (const stack of stacks) {
        const inState = new Set(await resourcesIn(stack));
        const missing = addressesIn(importFile(stack.directory)).filter((address) => !inState.has(address));
        if (missing.length === 0) {
          removeImportFile(stack.directory);
          process.stdout.write(`${stack.stack}: its import blocks are carried out, and removed\n`);
        } else {
          setExitCode(2);
          process.stdout.write(`${stack.stack}: not in the state yet: ${missing.join(", ")}\n`);
        }
      }
    });
}

function addressesIn(file: string): string[] {
  const { import: blocks } = JSON.parse(readFileSync(file, "utf8")) as { import: readonly { to: string }[] };
  return blocks.map(({ to }) => to);
}
