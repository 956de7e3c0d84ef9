import { type Command, Option } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { wholeNumber } from "../runner/whole-number";
import { isGated } from "./gate/gate-before-deploy";
import { gatedScanVerdict, scanVerdict } from "./gate/scan-verdicts";
import { imageNamed, nameOf, tagOrDigest } from "./image/image-id";
import { type Severity, severities } from "./image/severity";
import { requiredRepositoryOption } from "./repository-option";
import {
  chosenEnvironment,
  type SetExitCode,
  type VerbHelp,
  type VerbOptions,
  verb,
  writeResult,
} from "./verb";

interface GateOptions extends VerbOptions {
  readonly image: string;
  readonly severity: Severity;
  readonly timeout: number;
}

const gateHelp: VerbHelp = {
  notes: `Basic scanning, and enhanced scanning with Amazon Inspector. Of a manifest list, the image of each platform is judged.
An image whose scan does not end in time, fails or is not supported does not pass.
If the registry scans a repository by hand only, start the scan first: npm run ecr -- rescan.
If the environment file has imageGate, its exceptions for findings and scans count, and of two severities the stricter. What else
imageGate asks for, gate checks.`,
  exitCodes: {
    0: "the image passes",
    2: "it has findings of the severity or worse",
    1: "it cannot be judged",
  },
  examples: [
    "--env prod --image web-app:v1.2.3 --severity HIGH",
    "--env prod --image web-app:v1.2.3 --severity CRITICAL --json",
  ],
};

/**
 * `scan-gate`: wait for the scan of an image, and fail on its findings.
 *
 * @param setExitCode receives the exit code
 */
export function scanGateCommand(setExitCode: SetExitCode): Command {
  return verb(
    "scan-gate",
    "Wait for the scan of an image, and fail if it has findings of a severity or worse.",
    gateHelp,
  )
    .requiredOption("--image <image>", "e.g. web-app:v1.2.3, web-app@sha256:..., or the image's URI")
    .addOption(
      new Option("--severity <severity>", "the mildest severity that fails, e.g. HIGH")
        .choices(severities)
        .makeOptionMandatory(),
    )
    .option("--timeout <seconds>", "longest time to wait for the scan", seconds, 600)
    .action(async ({ image: named, severity, timeout, ...options }: GateOptions) => {
      const environment = chosenEnvironment(options);
      const asked = { named, severity, timeout };
      const { exitCode, json, text } = isGated(environment)
        ? await gatedScanVerdict(environment, asked)
        : await scanVerdict(environment, asked);
      writeResult(options, json, () => text);
      setExitCode(exitCode);
    });
}

interface ExistsOptions extends VerbOptions {
  readonly repository: string;
  readonly tag: string;
}

const existsHelp: VerbHelp = {
  notes:
    "Prints the digest of the image. Pipelines use it to push each commit once, and to hand the digest to who runs the image.",
  exitCodes: { 0: "the image exists", 3: "the repository has no such image", 1: "it cannot be told" },
  examples: ["--env prod --repository web-app --tag v1.2.3"],
};

/**
 * `image-exists`: the digest of an image, if it has been pushed.
 *
 * @param setExitCode receives the exit code
 */
export function imageExistsCommand(setExitCode: SetExitCode): Command {
  return verb("image-exists", "Print the digest of an image, if the repository has it.", existsHelp)
    .addOption(requiredRepositoryOption())
    .requiredOption("--tag <tag>", "tag of the image, e.g. a commit")
    .action(async ({ repository, tag, ...options }: ExistsOptions) => {
      const environment = chosenEnvironment(options);
      nameOf(repository, environment);
      const image = imageNamed(`${repository}:${tag}`, environment);
      const { account, findImage } = await live(environment);
      const found = await account.ask(image.repositoryName, () => findImage(account.ecr(), image));
      if (found === undefined)
        process.stderr.write(`${image.repositoryName} has no image ${tagOrDigest(image.imageId)}.\n`);
      if (found !== undefined || options.json === true)
        writeResult(options, { digest: found?.digest ?? null }, () => `${found?.digest}\n`);
      setExitCode(found === undefined ? 3 : 0);
    });
}

const seconds = wholeNumber({ from: 0, to: 99_999, unit: "seconds" });

/** Loads the AWS SDK only when needed. */
async function live(environment: Environment) {
  const { AccountConnection } = await import("./account-connection.js");
  const { findImage } = await import("./image/found-image.js");
  return { account: await AccountConnection.open(environment), findImage };
}
