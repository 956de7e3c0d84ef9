import { Command, Option } from "commander";
import type { EcsServiceOptions } from "../../environments/options/ecs";
import { rolloutOf } from "../../environments/plan/ecs-rollout";
import type { Environment } from "../../environments/plan/environment";
import { repositoryName } from "../../environments/plan/repository-names";
import { imageReference } from "../../modules/ecr/repository/image-reference";
import { repositoryUrl } from "../../modules/ecr/repository/repository-address";
import { usualWaitMinutes, waitMinutes } from "../../modules/ecs/rollout-time";
import type { AccountConnection } from "../ecr/account-connection";
import { type ImageId, imageNamed } from "../ecr/image/image-id";
import { type Severity, severities } from "../ecr/image/severity";
import { chosenEnvironment, type SetExitCode, writeResult } from "../ecr/verb";
import { CommandError } from "../runner/command";
import { commandHelp } from "../runner/help-text";
import { wholeNumber } from "../runner/whole-number";
import { baseRevision, nextRevision } from "./next-revision";
import { awaitRollout } from "./rollout";
import { serviceNamed } from "./service-option";
import { stoppedReport } from "./stopped-report";

interface DeployOptions {
  readonly env: string;
  readonly service: string;
  readonly image: string;
  readonly severity: Severity;
  readonly timeout: number;
  readonly json?: boolean;
}

const help = {
  notes: `For services whose image has managedBy: "pipeline". Waits for the scan of the image, registers a revision of the task
definition that Terraform registered last with the digest of the image, updates the service, and waits until its tasks run.
If the environment file has imageGate, the image has to pass it too; of two severities, the stricter counts.
Where ECS shifts traffic, it waits until all of it is with the new tasks and the old ones have stopped.
If ECS rolls the deployment back, the command prints the alarm or why the new tasks stopped, and their last log lines.
Permissions: ecs:Describe*, ListTasks, ListServiceDeployments, RegisterTaskDefinition, TagResource and UpdateService; iam:PassRole on
the roles of the task definition; ecr:BatchGetImage and DescribeImageScanFindings on the repository; logs:GetLogEvents on the log
group of the service; with enhanced scanning also inspector2:ListFindings and ListCoverage on *; and what imageGate needs.`,
  exitCodes: {
    0: "the service runs the image",
    2: "the image has findings of the severity or worse, or imageGate refuses it; nothing was changed",
    3: "the deployment failed; ECS rolls it back",
    1: "the command failed, timed out, or another deployment replaced this one",
  },
  examples: [
    "--env prod --service web-app --image web-app:v1.2.3 --severity HIGH",
    "--env prod --service web-app --image web-app@sha256:… --severity CRITICAL --json",
  ],
};

/** `deploy`: run another image in a service. @param setExitCode receives the exit code */
export function deployCommand(setExitCode: SetExitCode): Command {
  return new Command("deploy")
    .description("Run another image in a service, and wait until its tasks run.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .requiredOption("--service <name>", "service in the environment file, e.g. web-app")
    .requiredOption("--image <image>", "e.g. web-app:v1.2.3, web-app@sha256:..., or the image's URI")
    .addOption(
      new Option("--severity <severity>", "the mildest severity of findings that stops it, e.g. HIGH")
        .choices(severities)
        .makeOptionMandatory(),
    )
    .option(
      "--timeout <seconds>",
      "longest time to wait for the scan",
      wholeNumber({ from: 0, to: 99_999, unit: "seconds" }),
      600,
    )
    .option("--json", "print JSON")
    .addHelpText("after", commandHelp("ecs -- deploy", help))
    .action(async (options: DeployOptions) => setExitCode(await deploy(options)));
}

async function deploy(options: DeployOptions): Promise<number> {
  const environment = chosenEnvironment(options);
  const service = serviceNamed(environment, options.service);
  const image = deployedImage(environment, options, service);
  const { AccountConnection: Connection } = await import("../ecr/account-connection.js");
  const { scanVerdict, gateVerdict } = await import("./image-gate.js");
  const account = await Connection.open(environment);
  const { imageGate } = environment;
  const { exitCode, digest, text, json } =
    imageGate === undefined
      ? await scanVerdict(account, image, options, service)
      : await gateVerdict(account, { ...environment, imageGate }, image, options, service);
  if (exitCode !== 0) {
    if (options.json) writeResult(options, json, () => "");
    else process.stderr.write(text);
    process.stderr.write("Nothing was deployed.\n");
    return exitCode;
  }
  const { accountId, region } = environment;
  const uri = imageReference(repositoryUrl({ name: image.repositoryName, accountId, region }), { digest });
  return rollOut(account, options, { service, uri });
}

/** @throws CommandError when the file decides which image the service runs, or the image is another repository's */
function deployedImage(
  environment: Environment,
  { service, image: named }: DeployOptions,
  { image: { managedBy, repository } }: EcsServiceOptions,
): ImageId {
  if (managedBy !== "pipeline")
    throw new CommandError(
      `ecs.services.${service}.image in ${environment.file} says which image runs, and the next deploy would bring it back; set managedBy: "pipeline" there, or change the image in the file: npm run ecr -- pin`,
    );
  const image = imageNamed(named, environment);
  const expected = repositoryName(environment, repository);
  if (image.repositoryName !== expected)
    throw new CommandError(
      `--image ${named} is in ${image.repositoryName}, but the service ${service} runs images from ${expected}; name an image in ${expected}`,
    );
  return image;
}

async function rollOut(
  account: AccountConnection,
  options: DeployOptions,
  { service, uri }: { readonly service: EcsServiceOptions; readonly uri: string },
): Promise<number> {
  const { ServiceConnection } = await import("./service-connection.js");
  const connection = new ServiceConnection(account, options.service);
  const { taskDefinition: former } = await connection.describe();
  const newest = await connection.revision(connection.name);
  const base = baseRevision(newest);
  const revision = base === undefined ? newest : await connection.revision(base);
  const taskDefinition = await account.ask("The new task definition", () =>
    connection.register(nextRevision(revision, options.service, uri)),
  );
  await account.ask(`The service ${connection.name}`, () => connection.start(taskDefinition));
  const rollout = rolloutOf(service);
  const minutes = waitMinutes(rollout) ?? usualWaitMinutes;
  const end = await awaitRollout(
    { next: taskDefinition, former },
    connection,
    {
      timeout: minutes * 60,
      report: (line) => process.stderr.write(`${connection.name}: ${line}\n`),
    },
    rollout.shift !== undefined,
  );
  const stopped = end.state === "completed" ? [] : await stoppedReport(connection, taskDefinition);
  writeResult(options, { service: connection.name, image: uri, taskDefinition, ...end, stopped }, () =>
    end.state === "completed"
      ? `${connection.name} runs ${uri} (${taskDefinition}).\n`
      : `${connection.name} does not run ${uri}: ${end.reason}\n${stopped.map(({ text }) => text).join("\n")}`,
  );
  if (end.state === "completed") return 0;
  return end.state === "failed" ? 3 : 1;
}
