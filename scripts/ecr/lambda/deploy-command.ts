import { setTimeout as sleep } from "node:timers/promises";
import { type Command, InvalidArgumentError } from "commander";
import type { LambdaOptions } from "../../../environments/options/lambda";
import type { Environment } from "../../../environments/plan/environment";
import { functionName } from "../../../environments/plan/lambda";
import { imageDigestSyntax, imageReference } from "../../../modules/ecr/repository/image-reference";
import { repositoryUrl } from "../../../modules/ecr/repository/repository-address";
import { CommandError } from "../../runner/command";
import { interruptible } from "../../runner/interruption";
import { noSuchName } from "../../runner/no-such-name";
import { repeatedOption } from "../../runner/repeated-option";
import { wholeNumber } from "../../runner/whole-number";
import { chosenRepository } from "../addresses/chosen-repository";
import {
  chosenEnvironment,
  type SetExitCode,
  type VerbHelp,
  type VerbOptions,
  verb,
  writeResult,
} from "../verb";
import type { Health } from "./function-alias";
import { NotBackError, type RolloutEnd, rollOut } from "./rollout";

interface DeployOptions extends VerbOptions {
  readonly function: string;
  readonly digest: string;
  readonly steps: readonly number[];
  readonly seconds: number;
  readonly alarm: readonly string[];
  readonly maxErrors: number;
  readonly timeout: number;
}

const help: VerbHelp = {
  notes: `For functions whose image the pipeline manages: image: { managedBy: "pipeline" } and an alias in the environment file. Updates the
function, publishes a version, and shifts the alias's traffic to it in steps. An alarm, more errors of the new version than
--max-errors, or Ctrl-C rolls the alias back to the old version. Before any change, the command verifies that the image exists, is
for the function's architecture, is not a manifest list, is not too large, and passes imageGate, if the file has it. CloudWatch
shows errors after a minute or two.
Permissions: lambda:Get*, UpdateFunctionCode, PublishVersion and UpdateAlias on the function; ecr:BatchGetImage and
GetDownloadUrlForLayer on the repository; cloudwatch:GetMetricData and DescribeAlarms on *.`,
  exitCodes: {
    0: "the alias routes all traffic to the image",
    1: "the command failed; the alias is as it was, unless the message says that it could not be rolled back",
    2: "the alias was rolled back to the old version",
    3: "imageGate in the environment file refuses the image, and nothing was changed",
    130: "Ctrl-C; the alias was rolled back, unless the message says otherwise",
  },
  examples: [
    "--env prod --function image-processor --digest sha256:...",
    "--env prod --function image-processor --digest sha256:... --steps 10,50 --seconds 600 --alarm checkout-errors",
    "--env prod --function image-processor --digest sha256:... --steps none --json",
  ],
};

const poll = 15;

/**
 * `lambda deploy`: a new image for a function, to which its alias shifts traffic in steps.
 *
 * @param setExitCode receives the exit code
 */
export function lambdaDeployCommand(setExitCode: SetExitCode): Command {
  return verb(
    "deploy",
    "Deploy an image to a Lambda function in steps, and roll back on failure.",
    help,
    "lambda",
  )
    .requiredOption("--function <name>", "name of the function in the environment file")
    .requiredOption("--digest <digest>", "digest of the image in the function's repository", digest)
    .option(
      "--steps <percents>",
      'percentages of the traffic before all of it, e.g. 10,50, or "none"',
      steps,
      [10],
    )
    .option(
      "--seconds <number>",
      "length of each step, and how long to monitor after the last one",
      seconds,
      300,
    )
    .addOption(repeatedOption("--alarm <name>", "CloudWatch alarm that triggers a rollback"))
    .option("--max-errors <number>", "errors of the new version that are accepted", count, 0)
    .option("--timeout <seconds>", "longest time to wait for the scan that imageGate needs", seconds, 600)
    .action(async (options: DeployOptions) => setExitCode(await deploy(options)));
}

async function deploy(options: DeployOptions): Promise<number> {
  const environment = chosenEnvironment(options);
  const { image, alias, architecture } = deployable(environment, options.function);
  const name = functionName(environment, options.function);
  const repository = chosenRepository(environment, image);
  const { AccountConnection } = await import("../account-connection.js");
  const { RepositoryReader } = await import("../images/repository-reader.js");
  const { requireRunnable } = await import("./image-for-lambda.js");
  const { requireGate } = await import("./image-gate.js");
  const { publishedVersion } = await import("./published-version.js");
  const { FunctionAlias } = await import("./function-alias.js");
  const account = await AccountConnection.open(environment);
  const say = (text: string) => void process.stderr.write(`${name}: ${text}\n`);
  let notBack: NotBackError | undefined;
  const { from, to, end } = await interruptible(
    async (signal) => {
      await requireRunnable(new RepositoryReader(account, repository, signal), options.digest, architecture);
      await requireGate(
        account,
        environment,
        { ...options, repository: image.repository, architecture },
        signal,
      );
      const at = await FunctionAlias.open(account, name, alias);
      await at.requireQuiet(options.alarm);
      const imageUri = imageReference(repositoryUrl(repository), { digest: options.digest });
      const code = { functionName: name, imageUri, digest: options.digest, architecture };
      const version = await publishedVersion(account, code, signal);
      say(`version ${version} has the image`);
      signal.throwIfAborted();
      const health: Health = { alarms: options.alarm, maxErrors: options.maxErrors };
      const traffic = {
        route: (one: string, next?: { version: string; percent: number }) => at.route(one, next),
        back: (one: string) => at.back(one),
        problem: (all: boolean) => at.problem(version, all, health),
        wait: (time: number) => sleep(time * 1000, undefined, { signal }),
        say,
      };
      const move = { from: at.version, to: version, steps: options.steps, seconds: options.seconds, poll };
      try {
        const end: RolloutEnd = at.version === version ? { outcome: "moved" } : await rollOut(traffic, move);
        return { from: at.version, to: version, end };
      } catch (error) {
        if (error instanceof NotBackError) notBack = error;
        throw error;
      }
    },
    () => notBack?.message ?? `The alias ${alias} of ${name} has its old version.`,
  );
  const result = { function: name, alias, digest: options.digest, from, to, ...end };
  writeResult(options, result, () => textOf(result, end));
  return end.outcome === "moved" ? 0 : 2;
}

function textOf(
  { function: name, alias, from, to }: Readonly<Record<"function" | "alias" | "from" | "to", string>>,
  end: RolloutEnd,
): string {
  if (end.outcome === "rolled back")
    return `${name}: ${end.reason}, so the alias ${alias} was rolled back to version ${from}. Version ${to} remains, without traffic.\n`;
  return from === to
    ? `${name}: the alias ${alias} already points to this image, in version ${to}.\n`
    : `${name}: the alias ${alias} has moved from version ${from} to ${to}.\n`;
}

type Deployable = LambdaOptions["functions"][string] & { readonly alias: string };

/** @throws CommandError when the environment has no such function, or Terraform deploys its images */
function deployable({ lambda, file, name }: Environment, shortName: string): Deployable {
  const functions = lambda?.functions ?? {};
  const found = Object.hasOwn(functions, shortName) ? functions[shortName] : undefined;
  if (found === undefined)
    throw noSuchName(
      "function",
      shortName,
      name,
      Object.keys(functions),
      `add it to lambda.functions in ${file}`,
    );
  const { image, alias } = found;
  if (image.managedBy !== "pipeline" || alias === undefined)
    throw new CommandError(
      `Terraform deploys the images of "${shortName}": name the digest in ${file}, and deploy ${name}; or set image.managedBy: "pipeline" and alias there`,
    );
  return { ...found, alias };
}

function digest(value: string): string {
  if (imageDigestSyntax.pattern.test(value)) return value;
  throw new InvalidArgumentError("Use sha256: and 64 hexadecimal digits.");
}

function steps(value: string): readonly number[] {
  if (value === "none") return [];
  const percents = value.split(",").map(Number);
  const rises = percents.every(
    (percent, index) => Number.isInteger(percent) && percent > (percents[index - 1] ?? 0) && percent < 100,
  );
  if (rises) return percents;
  throw new InvalidArgumentError("Use rising whole numbers from 1 to 99, e.g. 10,50, or none.");
}

const seconds = wholeNumber({ from: 0, to: 86_400, unit: "seconds" });
const count = wholeNumber({ from: 0, to: 1_000_000 });
