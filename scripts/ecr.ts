import "../exit-guard";
import { Command } from "commander";
import { doctorCommand } from "./ecr/doctor-command";
import { imageExistsCommand, scanGateCommand } from "./ecr/image-command";
import { lifecycleCommand } from "./ecr/lifecycle-command";
import { manifestsCommand } from "./ecr/manifests";
import { pinCommand } from "./ecr/pin-command";
import { promoteCommand } from "./ecr/promote-command";
import { registryCommand } from "./ecr/registry-explain";
import { replicationCommand } from "./ecr/replication-command";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";

/** `npm run ecr -- <command>`: inspect registries, replicas, lifecycle policies, manifests and images. Only a backfill changes something. */
run(async () => {
  let exitCode = 0;
  const program = new Command("ecr").description(
    "Inspect registries and what happens to their images. Only replication backfill --apply changes anything.",
  );
  const setExitCode = (code: number) => {
    exitCode = code;
  };
  program.addCommand(lifecycleCommand(setExitCode));
  program.addCommand(registryCommand());
  program.addCommand(replicationCommand(setExitCode));
  program.addCommand(manifestsCommand());
  program.addCommand(scanGateCommand(setExitCode));
  program.addCommand(imageExistsCommand(setExitCode));
  program.addCommand(pinCommand(setExitCode));
  program.addCommand(doctorCommand(setExitCode));
  program.addCommand(promoteCommand(setExitCode));
  await parseCommands(program, process.argv);
  return exitCode;
});
