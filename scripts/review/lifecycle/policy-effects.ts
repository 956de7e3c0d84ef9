import type { Image, Outcome } from "../../../modules/ecr/lifecycle/lifecycle-outcome";
import type { LifecyclePolicy } from "../../../modules/ecr/lifecycle/lifecycle-rule";
import { simulateLifecycle } from "../../../modules/ecr/lifecycle/lifecycle-simulator";

/** What happens to an image only because a policy changes; what both policies do to it is no effect. */
export type PolicyEffect = "removed" | "archived" | "spared";

/**
 * What the change of a lifecycle policy does to each image within 24 hours, in the order of the images.
 *
 * @param now time at which ECR applies the policies
 */
export function policyEffects(
  before: LifecyclePolicy,
  after: LifecyclePolicy,
  images: readonly Image[],
  now: Date,
): (PolicyEffect | undefined)[] {
  const old = simulateLifecycle(before, images, now).outcomes;
  return simulateLifecycle(after, images, now).outcomes.map(({ action }, index) =>
    effectOf(old[index]?.action ?? "KEEP", action),
  );
}

function effectOf(from: Outcome["action"], to: Outcome["action"]): PolicyEffect | undefined {
  if (from === to) return undefined;
  if (to === "EXPIRE") return "removed";
  return to === "TRANSITION" && from === "KEEP" ? "archived" : "spared";
}
