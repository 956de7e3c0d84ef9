import "../exit-guard";
import { Command } from "commander";
import { costCommand } from "./ecr/cost/cost-command";
import { rescanCommand } from "./ecr/findings/rescan-command";
import { scanFindingsCommand } from "./ecr/findings/scan-findings-command";
import { imageExistsCommand, scanGateCommand } from "./ecr/image-command";
import { lifecycleCommand } from "./ecr/lifecycle-preview";
import { manifestsCommand } from "./ecr/manifests";
import { metricsCommand } from "./ecr/metrics/metrics-command";
import { topCommand } from "./ecr/metrics/top-command";
import { registryCommand } from "./ecr/registry-explain";
import { replicationCommand } from "./ecr/replication-command";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";

/** `npm run ecr -- <command>`: inspect registries, replicas, lifecycle policies, manifests, images and costs. Only a backfill and a rescan change something. */
run(async () => {
  let exitCode = 0;
  const program = new Command("ecr").description(
    "Inspect registries and what happens to their images. Only replication backfill --apply and rescan change anything.",
  );
  const setExitCode = (code: number) => {
    exitCode = code;
  };
  program.addCommand(lifecycleCommand(setExitCode));
  program.addCommand(registryCommand());
  program.addCommand(replicationCommand(setExitCode));
  program.addCommand(manifestsCommand());
  program.addCommand(scanGateCommand(setExitCode));
  program.addCommand(scanFindingsCommand(setExitCode));
  program.addCommand(rescanCommand(setExitCode));
  program.addCommand(metricsCommand());
  program.addCommand(topCommand());
  program.addCommand(costCommand());
  program.addCommand(imageExistsCommand(setExitCode));
  await parseCommands(program, process.argv);
  return exitCode;
});
