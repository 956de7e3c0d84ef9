import { isUnknown } from "../../terraform/unknown-text";
import type { Destination, RegistryRequest } from "./registry-requests";

/** What a repository asks of its registry besides what the repository itself says. */
export interface RequestOptions {
  /**
   * Who scans: ECR itself, or Amazon Inspector. All repositories of a registry need the same.
   *
   * @default - `ENHANCED` with `CONTINUOUS_SCAN`, otherwise `BASIC`
   */
  readonly scanType?: RegistryRequest["scanType"];
  /** When images are scanned, if the repository is scanned on push. @default "SCAN_ON_PUSH" */
  readonly scanFrequency?: "SCAN_ON_PUSH" | "CONTINUOUS_SCAN";
  /** Where pushed images are replicated to. @default - nowhere */
  readonly destinations?: readonly Destination[];
  /** See `RegistryRequest`. @default - filters contain whole names */
  readonly namePrefix?: string;
}

/** A repository that asks. */
interface Asking {
  readonly name: string;
  readonly scanOnPush: boolean;
  /** Where it is declared, for messages. */
  readonly source: string;
}

/**
 * The request of a repository.
 *
 * @throws Error when the name is unknown until deploy, or the options contradict each other
 */
export function requestOf({ name, scanOnPush, source }: Asking, options: RequestOptions): RegistryRequest {
  const { scanFrequency = "SCAN_ON_PUSH", destinations = [], namePrefix } = options;
  const isContinuous = scanFrequency === "CONTINUOUS_SCAN";
  const { scanType = isContinuous ? "ENHANCED" : "BASIC" } = options;
  const refuse = (found: string, advice: string) => new Error(`${source}: found ${found}; ${advice}`);
  if (isUnknown(name))
    throw refuse(
      "a name that is unknown until deploy",
      "the filters of a registry contain names; pass the name itself",
    );
  if (isContinuous && !scanOnPush)
    throw refuse(
      "CONTINUOUS_SCAN",
      "the repository is not scanned, because scanOnPush is false; remove one of the two",
    );
  if (isContinuous && scanType === "BASIC")
    throw refuse("CONTINUOUS_SCAN", "basic scanning does not support continuous scans; use ENHANCED");
  return {
    ...{ name, namePrefix, source, scanType, destinations },
    scanFrequency: scanOnPush ? scanFrequency : "MANUAL",
  };
}
