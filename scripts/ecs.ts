import "../exit-guard";
import { Command } from "commander";
import { deployCommand } from "./ecs/deploy-command";
import { runCommand } from "./ecs/run-command";
import { statusCommand } from "./ecs/status-command";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";

/** `npm run ecs -- <command>`: deploy an image to an ECS service, say which run, and run a task once. */
run(async () => {
  let exitCode = 0;
  const program = new Command("ecs").description(
    "Deploy an image to an ECS service, say which images run, and run a task of a service or a scheduled task once. A deployment and a task are awaited, with why tasks stopped.",
  );
  const setExitCode = (code: number) => {
    exitCode = code;
  };
  program
    .addCommand(deployCommand(setExitCode))
    .addCommand(statusCommand(setExitCode))
    .addCommand(runCommand(setExitCode));
  await parseCommands(program, process.argv);
  return exitCode;
});
