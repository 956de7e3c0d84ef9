import type { LifecyclePolicy, LifecycleRule } from "../../modules/ecr/lifecycle/lifecycle-rule";
import { remembered } from "../../modules/values/remembered";
import { rememberedOf } from "../../modules/values/remembered-of";

/**
 * Why a lifecycle policy may remove or archive images that the one before keeps, each on one line. Rules are the same if
 * they select the same images for the same action; an image belongs to the first rule whose tags it has.
 *
 * @param before JSON of the policy; `undefined` if there is none
 * @throws SyntaxError when a policy is not JSON
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function weakerLifecycle(before: string | undefined, after: string): string[] {
  const old = before === undefined ? [] : rulesIn(before);
  const current = rulesIn(after);
  const common = (rules: readonly LifecycleRule[], others: readonly LifecycleRule[]) =>
    rules.filter((rule) => others.some((other) => imagesOf(other) === imagesOf(rule)));
  const order = (rules: readonly LifecycleRule[]) => JSON.stringify(rules.map(imagesOf));
  const isReordered = order(common(old, current)) !== order(common(current, old));
  return [
    ...current.flatMap((rule) => stricter(rule, old)),
    ...old.flatMap((rule, index) => {
      if (common([rule], current).length > 0 || common(old.slice(index), current).length === 0) return [];
      return [`rule ${label(rule)} is removed; later rules now apply to the images that it kept`];
    }),
    ...(isReordered ? ["the order of the rules changes; another rule can apply to an image"] : []),
  ];
}

/** By priority, in which ECR applies them. Repositories often have the same policy, which is read once. */
const rulesIn = remembered(50_000, (policy): readonly LifecycleRule[] => {
  const { rules } = JSON.parse(policy) as Partial<LifecyclePolicy>;
  if (!Array.isArray(rules)) throw new SyntaxError("A lifecycle policy has a list of rules.");
  return (rules as LifecyclePolicy["rules"]).toSorted((a, b) => a.rulePriority - b.rulePriority);
});

/** Whether a rule is new, or keeps fewer images or days than before. */
function stricter(rule: LifecycleRule, old: readonly LifecycleRule[]): string[] {
  const earlier = old.filter((other) => imagesOf(other) === imagesOf(rule));
  const { countType, countNumber } = rule.selection;
  if (earlier.length === 0) return [`new rule ${label(rule)}: ${countType} ${countNumber}`];
  const highest = Math.max(...earlier.map(({ selection }) => selection.countNumber));
  return countNumber < highest
    ? [
        `rule ${label(rule)}: ${countType} ${highest} -> ${countNumber}; it will apply to images that it keeps now`,
      ]
    : [];
}

/** What identifies the images of a rule, and what happens to them. */
const imagesOf = rememberedOf(({ selection, action }: LifecycleRule): string =>
  JSON.stringify([
    ...[selection.tagStatus, selection.storageClass ?? "standard", selection.countType, action.type],
    ...[selection.tagPatternList?.toSorted() ?? [], selection.tagPrefixList?.toSorted() ?? []],
  ]),
);

/** E.g. `2 (expire, tagged pr-*)`. */
function label({ rulePriority, selection, action }: LifecycleRule): string {
  const tags = [
    ...(selection.tagPatternList ?? []),
    ...(selection.tagPrefixList ?? []).map((prefix) => `${prefix}*`),
  ];
  const images = [selection.tagStatus, ...(tags.length > 0 ? [tags.join(" and ")] : [])].join(" ");
  return `${rulePriority} (${action.type}, ${images})`;
}
