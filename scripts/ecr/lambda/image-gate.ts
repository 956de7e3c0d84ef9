import { platformOf } from "../../../environments/plan/build-platforms";
import { describeConsumer } from "../../../environments/plan/consumers";
import type { Environment } from "../../../environments/plan/environment";
import { CommandError } from "../../runner/command";
import type { AccountConnection } from "../account-connection";
import { gateBeforeDeploy } from "../gate/gate-before-deploy";
import type { NewCode } from "./published-version";

/** An image that a function is about to run. */
interface NewImage {
  /** Short name of the function. */
  readonly function: string;
  /** Short name of the repository. */
  readonly repository: string;
  readonly digest: string;
  readonly architecture: NewCode["architecture"];
  /** Longest time to wait for the scan, in seconds. */
  readonly timeout: number;
}

/** Exit code for an image that the gate refuses. */
const refused = 3;

/**
 * Ask the gate of the environment, if it has one, before a function gets an image.
 *
 * @throws CommandError when the image does not pass
 */
export async function requireGate(
  account: AccountConnection,
  environment: Environment,
  { function: name, repository, digest, architecture, timeout }: NewImage,
  signal: AbortSignal,
): Promise<void> {
  const { imageGate } = environment;
  if (imageGate === undefined) return;
  const platform = platformOf({ architecture });
  const by = describeConsumer({ label: "Lambda function", name });
  const target = {
    label: `${repository}@${digest}`,
    repository,
    imageId: { imageDigest: digest },
    wanted: platform === undefined ? [] : [{ platform, by }],
  };
  const verdict = await gateBeforeDeploy({
    ...{ account, environment: { ...environment, imageGate }, target, timeout, signal },
  });
  if (verdict.exitCode !== 0)
    throw new CommandError(`${verdict.text}Nothing was deployed.`, verdict.exitCode === 2 ? refused : 1);
  process.stderr.write(verdict.text);
}
