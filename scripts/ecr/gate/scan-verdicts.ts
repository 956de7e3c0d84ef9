import type { Environment } from "../../../environments/plan/environment";
import type { GateRules } from "../../../environments/plan/image-gate";
import { CommandError } from "../../runner/command";
import { imageNamed, tagOrDigest } from "../image/image-id";
import { asJson, asText, scanTable } from "../image/scan-output";
import { awaitScans, exitCodeOf } from "../image/scan-verdict";
import type { Severity } from "../image/severity";
import { reading } from "../reading";
import type { GatedEnvironment } from "./gate-before-deploy";
import { gateImages } from "./gate-images";
import { gateJson, gateText } from "./gate-output";
import { targetNamed } from "./gate-targets";
import { gateExitCode } from "./judge-image";
import { scanRules } from "./scan-rules";

/** What the scan gate says of an image, as the command prints it. */
export interface ScanVerdict {
  readonly exitCode: 0 | 1 | 2;
  readonly json: object;
  readonly text: string;
}

/** What the command line asks for. */
export interface AskedScan {
  readonly named: string;
  readonly severity: Severity;
  readonly timeout: number;
}

/** The verdict of the scans, in an environment without a gate. @throws CommandError when there is no such image */
export async function scanVerdict(
  environment: Environment,
  { named, severity, timeout }: AskedScan,
): Promise<ScanVerdict> {
  const image = imageNamed(named, environment);
  const { registryId, repositoryName } = image;
  const { AccountConnection } = await import("../account-connection.js");
  const { findImage } = await import("../image/found-image.js");
  const { scanOf } = await import("../image/scan.js");
  const account = await AccountConnection.open(environment);
  const found = await account.ask(repositoryName, () => findImage(account.ecr(), image));
  if (found === undefined)
    throw new CommandError(`${repositoryName} has no image ${tagOrDigest(image.imageId)}; push it first`);
  const scans = await account.ask(repositoryName, () =>
    awaitScans(
      found.platforms,
      (imageDigest) => scanOf(account.ecr(), { registryId, repositoryName, imageDigest }),
      { timeout },
    ),
  );
  return {
    exitCode: exitCodeOf(scans, severity),
    json: asJson(named, found.digest, scans, severity),
    text: asText(named, scans, severity),
  };
}

/** The verdict by the severity and the exceptions of the file's gate. */
export async function gatedScanVerdict(
  environment: GatedEnvironment,
  { named, severity, timeout }: AskedScan,
): Promise<ScanVerdict> {
  const { AccountConnection } = await import("../account-connection.js");
  const account = await AccountConnection.open(environment);
  const gate = environment.imageGate;
  const stricter = (rules: GateRules) => scanRules(rules, severity);
  const target = targetNamed(environment, named);
  const [result] = await reading((signal) =>
    gateImages({ account, environment, gate, stricter, timeout, signal }, [target]),
  );
  if (result?.image === undefined) throw new CommandError(result?.failure ?? `${named} cannot be read`);
  const { digest, platforms } = result.image;
  const exitCode = gateExitCode([result]);
  return {
    exitCode,
    json: {
      ...asJson(named, digest, platforms, result.rules.severity ?? severity),
      passed: exitCode === 0,
      imageGate: gateJson(environment, [result], []),
    },
    text: `${scanTable(platforms)}\n${gateText(environment, [result], [])}`,
  };
}
