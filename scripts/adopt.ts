import "../exit-guard";
import { Command } from "commander";
import { tfvarsCommand } from "./adopt/tfvars-command";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";

/** `npm run adopt -- <source>`: registries that exist come into an environment file. */
run(async () => {
  const program = new Command("adopt").description(
    "Bring registries that exist into an environment file and into its states. Changes nothing in AWS.",
  );
  program.addCommand(tfvarsCommand());
  await parseCommands(program, process.argv);
  return 0;
});
