import "../exit-guard";
import { Command } from "commander";
import { awsCommand } from "./adopt/aws-command";
import { doneCommand } from "./adopt/done-command";
import { planCommand } from "./adopt/plan-command";
import { stateCommand } from "./adopt/state-command";
import { tfvarsCommand } from "./adopt/tfvars-command";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";

/** `npm run adopt -- <source>`: registries that exist come into an environment file. */
run(async () => {
  let exitCode = 0;
  const setExitCode = (code: number) => {
    exitCode = code;
  };
  const program = new Command("adopt").description(
    "Bring registries that exist into an environment file and into its states. Changes nothing in AWS.",
  );
  program.addCommand(tfvarsCommand()).addCommand(stateCommand()).addCommand(awsCommand());
  program.addCommand(planCommand(setExitCode)).addCommand(doneCommand(setExitCode));
  await parseCommands(program, process.argv);
  return exitCode;
});
