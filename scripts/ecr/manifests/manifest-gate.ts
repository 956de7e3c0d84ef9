import type { Environment } from "../../../environments/plan/environment";
import { namedImages, uncheckedImages } from "../../../environments/plan/image-gate";
import { type AskGate, askGate } from "../gate/ask-gate";
import { gateText } from "../gate/gate-output";
import { gateExitCode } from "../gate/judge-image";
import type { ReadyManifest } from "./selected-manifests";

/** What the gate says of the images in manifests. */
export interface ManifestVerdict {
  /** 0 if all of them pass, or the environment has no gate. */
  readonly exitCode: 0 | 1 | 2;
  /** What to print on standard error. */
  readonly text: string;
}

/**
 * Ask the gate of an environment about the images in manifests. Nothing else asks it: no part of this project runs between them
 * and the cluster.
 *
 * @param asks `false` if the user does not want it to be asked, e.g. without credentials, which is printed
 */
export async function manifestVerdict(
  environment: Environment,
  ready: readonly ReadyManifest[],
  asks: boolean,
  ask: AskGate = askGate,
): Promise<ManifestVerdict> {
  const { imageGate, name } = environment;
  if (imageGate === undefined) return { exitCode: 0, text: "" };
  const command = `npm run ecr -- gate --env ${name}`;
  if (!asks)
    return {
      exitCode: 0,
      text: `imageGate of ${name} was not asked. Before you apply the manifests: ${command}\n`,
    };
  const isIn = (uri: string) => ready.some(({ image }) => image === uri);
  const images = namedImages(environment).filter(({ uri }) => isIn(uri));
  const unchecked = uncheckedImages(environment).filter(isIn);
  const { results, idle } = images.length === 0 ? { results: [], idle: [] } : await ask(environment, images);
  const exitCode = gateExitCode(results);
  const text = gateText(environment, results, idle, unchecked);
  if (exitCode === 0) return { exitCode, text: `Image gate:\n${text}` };
  const names = results.map(({ label }) => `--image ${label}`).join(" ");
  return {
    exitCode,
    text: `The manifests of ${name} run images that do not pass the gate, so none is written:\n${text}To wait for scans: ${command} ${names}\n`,
  };
}
