import type { Environment } from "../../../environments/plan/environment";
import type { NamedImage } from "../../../environments/plan/image-gate";
import type { GateResult, IdleException } from "./gate-images";
import { targetOf } from "./gate-targets";

/** What the gate says of images. */
export interface GateAnswer {
  readonly results: readonly GateResult[];
  readonly idle: readonly IdleException[];
}

/** Asks the gate, for a test another one. */
export type AskGate = (environment: Environment, images: readonly NamedImage[]) => Promise<GateAnswer>;

/**
 * What the gate of an environment says of images that its file names; nothing if it has none. Loads the AWS SDK. Scans are not
 * awaited.
 */
export const askGate: AskGate = async (environment, images) => {
  const { imageGate: gate } = environment;
  if (gate === undefined) return { results: [], idle: [] };
  const { AccountConnection } = await import("../account-connection.js");
  const { gateImages, idleExceptions } = await import("./gate-images.js");
  const account = await AccountConnection.open(environment);
  const signal = new AbortController().signal;
  const now = new Date();
  const question = { account, environment, gate, timeout: 0, signal, now };
  const results = await gateImages(question, images.map(targetOf));
  return { results, idle: idleExceptions(gate, results, false, now) };
};
