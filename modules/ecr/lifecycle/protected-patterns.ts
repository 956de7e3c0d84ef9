import { unreachableImageCount } from "./lifecycle-presets";
import type { LifecyclePolicy, LifecycleRule } from "./lifecycle-rule";

/** Whether a rule only protects images: see `protectedTags`. */
export function neverActs({ selection }: LifecycleRule): boolean {
  return selection.countType === "imageCountMoreThan" && selection.countNumber >= unreachableImageCount;
}

/**
 * Patterns of tags that a policy protects: those of the rules that never act, before the first one that does. Once an image
 * matches the tags of a rule, no later rule acts on it.
 *
 * A rule with several patterns is left out, because an image must match all of them. A policy in which no rule acts protects
 * every tag, `*`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function protectedPatterns({ rules }: LifecyclePolicy): string[] {
  const ordered = rules.toSorted((a, b) => a.rulePriority - b.rulePriority);
  const firstToAct = ordered.findIndex((rule) => !neverActs(rule));
  if (firstToAct < 0) return ["*"];
  return ordered
    .slice(0, firstToAct)
    .flatMap(({ selection: { tagPatternList = [] } }) => (tagPatternList.length === 1 ? tagPatternList : []));
}
