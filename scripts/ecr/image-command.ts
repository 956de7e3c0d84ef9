import { Command, InvalidArgumentError, Option } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { listedProject } from "../environment-files/listed-project";
import { credentialProblem } from "../failures/credentials";
import { CommandError } from "../runner/command";
import { environmentNamed } from "../runner/selection";
import { type ImageId, imageNamed, nameOf } from "./image/image-id";
import { asJson, asText } from "./image/scan-output";
import { awaitScans, exitCodeOf } from "./image/scan-verdict";
import { type Severity, severities } from "./image/severity";

type SetExitCode = (exitCode: number) => void;

interface GateOptions {
  readonly env: string;
  readonly image: string;
  readonly severity: Severity;
  readonly timeout: number;
  readonly json?: boolean;
}

const gateHelp = `
Basic scanning, and enhanced scanning with Amazon Inspector. Of a manifest list, the image of each platform is judged.
An image whose scan does not end in time, fails or is not supported does not pass.
If the registry scans a repository by hand only, start the scan first: aws ecr start-image-scan.

Exit codes: 0 the image passes, 2 it has findings of the severity or worse, 1 it cannot be judged.

Examples:
  npm run ecr -- scan-gate --env prod --image web-app:v1.2.3 --severity HIGH
  npm run --silent ecr -- scan-gate --env prod --image web-app:v1.2.3 --severity CRITICAL --json`;

/**
 * `scan-gate`: wait for the scan of an image, and fail on its findings.
 *
 * @param setExitCode receives the exit code
 */
export function scanGateCommand(setExitCode: SetExitCode): Command {
  return new Command("scan-gate")
    .description("Wait for the scan of an image, and fail if it has findings of a severity or worse.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .requiredOption("--image <image>", "e.g. web-app:v1.2.3, web-app@sha256:..., or the image's URI")
    .addOption(
      new Option("--severity <severity>", "the mildest severity that fails, e.g. HIGH")
        .choices(severities)
        .makeOptionMandatory(),
    )
    .option("--timeout <seconds>", "longest time to wait for the scan", seconds, 600)
    .option("--json", "print JSON")
    .addHelpText("after", gateHelp)
    .action(async ({ env, image: named, severity, timeout, json = false }: GateOptions) => {
      const environment = environmentNamed(env, listedProject().environments);
      const image = imageNamed(named, environment);
      const { registryId, repositoryName } = image;
      const { client, findImage, scanOf } = await live(environment);
      const found = await answered(image, environment, () => findImage(client, image));
      if (found === undefined)
        throw new CommandError(`${repositoryName} has no image ${textOf(image)}; push it first`);
      const scans = await answered(image, environment, () =>
        awaitScans(
          found.platforms,
          (imageDigest) => scanOf(client, { registryId, repositoryName, imageDigest }),
          { timeout },
        ),
      );
      process.stdout.write(
        json
          ? `${JSON.stringify(asJson(named, found.digest, scans, severity), null, 2)}\n`
          : asText(named, scans, severity),
      );
      setExitCode(exitCodeOf(scans, severity));
    });
}

interface ExistsOptions {
  readonly env: string;
  readonly repository: string;
  readonly tag: string;
}

const existsHelp = `
Prints the digest of the image. Pipelines use it to push each commit once, and to hand the digest to who runs the image.

Exit codes: 0 the image exists, 3 the repository has no such image, 1 it cannot be told.

Example:
  npm run --silent ecr -- image-exists --env prod --repository web-app --tag v1.2.3`;

/**
 * `image-exists`: the digest of an image, if it has been pushed.
 *
 * @param setExitCode receives the exit code
 */
export function imageExistsCommand(setExitCode: SetExitCode): Command {
  return new Command("image-exists")
    .description("Print the digest of an image, if the repository has it.")
    .requiredOption("--env <name>", "environment, e.g. prod")
    .requiredOption("--repository <name>", "short name of a repository, e.g. web-app")
    .requiredOption("--tag <tag>", "tag of the image, e.g. a commit")
    .addHelpText("after", existsHelp)
    .action(async ({ env, repository, tag }: ExistsOptions) => {
      const environment = environmentNamed(env, listedProject().environments);
      nameOf(repository, environment);
      const image = imageNamed(`${repository}:${tag}`, environment);
      const { client, findImage } = await live(environment);
      const found = await answered(image, environment, () => findImage(client, image));
      if (found === undefined)
        process.stderr.write(`${image.repositoryName} has no image ${textOf(image)}.\n`);
      else process.stdout.write(`${found.digest}\n`);
      setExitCode(found === undefined ? 3 : 0);
    });
}

function seconds(value: string): number {
  if (!/^\d{1,5}$/.test(value)) throw new InvalidArgumentError("Use a whole number of seconds, 0 to 99999.");
  return Number(value);
}

const textOf = ({ imageId }: ImageId): string =>
  "imageTag" in imageId ? imageId.imageTag : imageId.imageDigest;

/** Loads the AWS SDK only when needed. */
async function live({ region }: Environment) {
  const { ECRClient } = await import("@aws-sdk/client-ecr");
  const { findImage } = await import("./image/found-image.js");
  const { scanOf } = await import("./image/scan.js");
  return { client: new ECRClient({ region, retryMode: "adaptive", maxAttempts: 8 }), findImage, scanOf };
}

/** What AWS answers. @throws CommandError with what is wrong, and what to do */
async function answered<T>(
  { registryId, repositoryName }: ImageId,
  environment: Environment,
  request: () => Promise<T>,
): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const { name, message } = error as Error;
    const text = name === "Error" ? message : `${name}: ${message}`;
    throw new CommandError(
      `${repositoryName} in account ${registryId}, ${environment.region} cannot be read: ${credentialProblem(text, environment) ?? text}`,
    );
  }
}
