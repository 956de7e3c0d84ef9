import type { ImageGateOptions } from "../../../environments/options/image-gate";
import type { Environment } from "../../../environments/plan/environment";
import type { GateRules, GateSeverity } from "../../../environments/plan/image-gate";
import type { AccountConnection } from "../account-connection";
import { severities } from "../image/severity";
import { type GateResult, type GateTarget, gateImages, idleExceptions } from "./gate-images";
import { gateJson, gateText } from "./gate-output";
import { gateExitCode } from "./judge-image";

/** An environment that has a gate. */
export type GatedEnvironment = Environment & { readonly imageGate: ImageGateOptions };

/** Whether an environment has a gate. */
export const isGated = (environment: Environment): environment is GatedEnvironment =>
  environment.imageGate !== undefined;

/** An image that a command is about to deploy. */
export interface DeployedImage {
  readonly account: AccountConnection;
  readonly environment: GatedEnvironment;
  readonly target: GateTarget;
  /** What a flag asks for besides the file. The stricter of the two counts. */
  readonly severity?: GateSeverity | undefined;
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** What the gate says of it. */
export interface DeployVerdict {
  readonly exitCode: 0 | 1 | 2;
  readonly result: GateResult;
  readonly text: string;
  readonly json: object;
}

/** Judge an image before it is deployed, by the rules of the file and a stricter severity of the command line. */
export async function gateBeforeDeploy(deployed: DeployedImage): Promise<DeployVerdict> {
  const { account, environment, target, severity, timeout, signal } = deployed;
  const { imageGate: gate } = environment;
  const now = new Date();
  const stricter = (rules: GateRules) => ({ ...rules, severity: milder(rules.severity, severity) });
  const results = await gateImages({ account, environment, gate, stricter, timeout, signal, now }, [target]);
  const idle = idleExceptions(gate, results, false, now);
  return {
    exitCode: gateExitCode(results),
    result: results[0] as GateResult,
    text: gateText(environment, results, idle),
    json: gateJson(environment, results, idle),
  };
}

/** The milder of two severities refuses more. */
export function milder(
  inFile: GateSeverity | undefined,
  asked: GateSeverity | undefined,
): GateSeverity | undefined {
  const [mildest] = [inFile, asked]
    .flatMap((severity) => severity ?? [])
    .toSorted((a, b) => severities.indexOf(b) - severities.indexOf(a));
  return mildest;
}
