import type { Environment } from "../../environments/plan/environment";
import { deletionBlock } from "./deletion-block";
import type { Review } from "./plan-review";
import { registryBlock } from "./registry-block";
import { unmovedBlock } from "./unmoved-block";

/** What somebody accepts on the command line. */
export interface Accepted {
  /** Whether other environments and teams may lose settings of the registry. */
  readonly registryLosses: boolean;
}

/**
 * Why a deploy stops before it applies the plan of a stack, each as a text with what to do; none if it does not stop. `deploy`
 * prints the first; `diff` and `plan` print all.
 *
 * @param orderBlock see `replicaOrderBlock`, which asks AWS
 */
export function blocksOf(
  { environment, stack }: { readonly environment: Environment; readonly stack: string },
  { losses, registryLosses, unmoved }: Pick<Review, "losses" | "registryLosses" | "unmoved">,
  orderBlock: string | undefined,
  accepted: Accepted,
): string[] {
  return [
    unmovedBlock(environment, stack, unmoved),
    deletionBlock(environment, stack, losses),
    accepted.registryLosses ? undefined : registryBlock(environment, stack, registryLosses),
    orderBlock,
  ].filter((block) => block !== undefined);
}
