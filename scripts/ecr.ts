import "./completion";
import { Command } from "commander";
import { ended } from "./arguments";
import { run } from "./command";
import { lifecycleCommand } from "./lifecycle-preview";
import { manifestsCommand } from "./manifests";
import { registryCommand } from "./registry-explain";

/** `npm run ecr -- <group> <command>`: look at what the registries hold and why. Changes nothing. */
run(async () => {
  let exitCode = 0;
  const program = new Command("ecr")
    .description("Look at registries and what happens to their images. Changes nothing.")
    .exitOverride(ended);
  const finish = (code: number) => {
    exitCode = code;
  };
  program.addCommand(lifecycleCommand(finish).copyInheritedSettings(program));
  program.addCommand(registryCommand().copyInheritedSettings(program));
  program.addCommand(manifestsCommand().copyInheritedSettings(program));
  await program.parseAsync(process.argv);
  return exitCode;
});
