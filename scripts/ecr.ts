import "./completion";
import { Command } from "commander";
import { parseCommands } from "./arguments";
import { run } from "./command";
import { lifecycleCommand } from "./lifecycle-preview";
import { manifestsCommand } from "./manifests";
import { registryCommand } from "./registry-explain";

/** `npm run ecr -- <group> <command>`: look at what the registries hold and why. Changes nothing. */
run(async () => {
  let exitCode = 0;
  const program = new Command("ecr").description(
    "Look at registries and what happens to their images. Changes nothing.",
  );
  const finish = (code: number) => {
    exitCode = code;
  };
  program.addCommand(lifecycleCommand(finish));
  program.addCommand(registryCommand());
  program.addCommand(manifestsCommand());
  await parseCommands(program, process.argv);
  return exitCode;
});
