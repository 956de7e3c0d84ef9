import type { Environment } from "../../environments/plan/environment";
import { deletionBlock } from "./deletion-block";
import type { Review } from "./plan-review";
import { registryBlock } from "./registry-block";

/** What somebody accepts on the command line. */
export interface Accepted {
  /** Whether other environments and teams may lose settings of the registry. */
  readonly registryLosses: boolean;
}

/** Why a deploy stops before it applies the plan of a stack, each as a text with what to do; none if it does not stop. */
export function blocksOf(
  environment: Environment,
  stack: string,
  review: Pick<Review, "losses" | "registryLosses">,
  accepted: Accepted,
): string[] {
  return [
    deletionBlock(environment, stack, review.losses),
    accepted.registryLosses ? undefined : registryBlock(environment, stack, review.registryLosses),
  ].filter((block) => block !== undefined);
}
