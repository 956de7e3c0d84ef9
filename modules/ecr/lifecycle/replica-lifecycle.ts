import { unreachableImageCount } from "./lifecycle-presets";
import type { LifecyclePolicy, LifecycleRule } from "./lifecycle-rule";

/**
 * The lifecycle policy of a replica: that of its source without rules by last pull. Nothing pulls from a replica until a
 * failover, so those rules would archive images that are in use.
 *
 * Such a rule is not removed but never acts, because later rules leave alone the images that it selects. Without it, they
 * would expire images in the replica that they keep in the source.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function replicaLifecycle({ rules }: LifecyclePolicy): LifecyclePolicy {
  return { rules: rules.map((rule) => (actsByPull(rule) ? claimOnly(rule) : rule)) };
}

/** Whether a rule acts on images by the time of their last pull. */
export function actsByPull({ selection }: LifecycleRule): boolean {
  return selection.countType === "sinceImagePulled";
}

/** A rule for the same images that acts on none, because no repository holds as many. */
function claimOnly({ rulePriority, selection }: LifecycleRule): LifecycleRule {
  const { countUnit: _, ...selected } = selection;
  return {
    rulePriority,
    description: "Only in the source: archive by last pull",
    selection: { ...selected, countType: "imageCountMoreThan", countNumber: unreachableImageCount },
    action: { type: "expire" },
  };
}
