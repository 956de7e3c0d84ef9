import "../exit-guard";
import { Command } from "commander";
import { loginCommandOf } from "./ecr/addresses/login-command";
import { pullCommandsCommand } from "./ecr/addresses/pull-commands";
import { pushCommandsCommand } from "./ecr/addresses/push-commands";
import { urlsCommand } from "./ecr/addresses/urls-command";
import { endWithReader } from "./ecr/closed-pipe";
import { completionCommand } from "./ecr/completion/completion-command";
import { costCommand } from "./ecr/cost/cost-command";
import { describeCommand } from "./ecr/describe/describe-command";
import { doctorCommand } from "./ecr/doctor-command";
import { rescanCommand } from "./ecr/findings/rescan-command";
import { scanFindingsCommand } from "./ecr/findings/scan-findings-command";
import { gateCommand } from "./ecr/gate/gate-command";
import { imageExistsCommand, scanGateCommand } from "./ecr/image-command";
import { imagesCommand } from "./ecr/images/images-command";
import { tagsCommand } from "./ecr/images/tags-command";
import { lambdaCommand } from "./ecr/lambda-command";
import { lifecycleCommand } from "./ecr/lifecycle-command";
import { manifestsCommand } from "./ecr/manifests";
import { metricsCommand } from "./ecr/metrics/metrics-command";
import { topCommand } from "./ecr/metrics/top-command";
import { pinCommand } from "./ecr/pin-command";
import { promoteCommand } from "./ecr/promote-command";
import { pullPoliciesCommand } from "./ecr/pull-policies";
import { registryCommand } from "./ecr/registry-explain";
import { replicationCommand } from "./ecr/replication-command";
import { signingCommand } from "./ecr/signing/signing-command";
import { parseCommands } from "./runner/arguments";
import { run } from "./runner/command";

/** `npm run ecr -- <command>`: inspect registries, replicas, lifecycle policies, manifests, images and costs. */
run(async () => {
  let exitCode = 0;
  const program = new Command("ecr").description(
    "Inspect registries and what happens to their images. Only rescan, lambda deploy, and commands with --apply change anything.",
  );
  const setExitCode = (code: number) => {
    exitCode = code;
  };
  endWithReader();
  for (const command of [urlsCommand(), loginCommandOf(), pushCommandsCommand(), pullCommandsCommand()])
    program.addCommand(command);
  program.addCommand(imagesCommand()).addCommand(tagsCommand()).addCommand(describeCommand(setExitCode));
  program.addCommand(lifecycleCommand(setExitCode));
  program.addCommand(pullPoliciesCommand());
  program.addCommand(registryCommand());
  program.addCommand(replicationCommand(setExitCode));
  program.addCommand(manifestsCommand(setExitCode));
  program.addCommand(scanGateCommand(setExitCode));
  program.addCommand(gateCommand(setExitCode));
  program.addCommand(signingCommand(setExitCode));
  program.addCommand(scanFindingsCommand(setExitCode));
  program.addCommand(rescanCommand(setExitCode));
  program.addCommand(metricsCommand());
  program.addCommand(topCommand());
  program.addCommand(costCommand());
  program.addCommand(imageExistsCommand(setExitCode));
  program.addCommand(pinCommand(setExitCode));
  program.addCommand(doctorCommand(setExitCode));
  program.addCommand(promoteCommand(setExitCode));
  program.addCommand(lambdaCommand(setExitCode));
  program.addCommand(completionCommand());
  await parseCommands(program, process.argv);
  return exitCode;
});
