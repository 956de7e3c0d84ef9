import { lengthProblems } from "../../modules/ecr/lifecycle/lifecycle-policy";
import { composePolicy, type LifecyclePolicyOptions } from "../../modules/ecr/lifecycle/lifecycle-presets";
import {
  LifecyclePolicy,
  maxRules,
  type PolicyProblem,
  policyProblems,
} from "../../modules/ecr/lifecycle/lifecycle-rules";
import { matchesSomeTag } from "../../modules/ecr/lifecycle/tag-pattern";
import { valueAt } from "../../modules/values/value-at";
import type { UncheckedRepository } from "../options/repository";
import type { RuleContext } from "../schema/rule";

/** Options that have no effect beside a policy of one's own. */
const besidePolicy = ["maxImageCount", "untaggedExpiryDays", "protectedTags", "lifecycleRules"] as const;

/** Rules between the options of a repository that its lifecycle policy is made of. */
export function lifecycleRules(repository: UncheckedRepository, context: RuleContext): void {
  // A policy that is wrong in itself is no string any more, so anything but null counts.
  if (repository.lifecyclePolicy !== null) {
    for (const option of besidePolicy)
      if (given(repository[option]))
        context.problem(
          [option],
          repository[option],
          "lifecyclePolicy is given too and would win; remove one of the two",
        );
    return;
  }
  protectedTags(repository, context);
  const choice = choiceOf(repository);
  if (choice === undefined) return;
  priorities(choice, context);
  presets(choice, context);
  for (const { path, advice } of findingsOf(choice)) context.problem(path, valueAt(repository, path), advice);
}

const given = (value: unknown): boolean =>
  value !== undefined && !(Array.isArray(value) && value.length === 0);

function protectedTags({ protectedTags: patterns }: UncheckedRepository, { problem }: RuleContext): void {
  if (!Array.isArray(patterns)) return;
  patterns.forEach((pattern, index) => {
    // An empty one is reported by its shape.
    if (typeof pattern !== "string" || pattern.trim() === "") return;
    const at = ["protectedTags", index];
    if ((pattern.match(/\*/g) ?? []).length > 4)
      problem(at, pattern, "a pattern may hold at most four *; use fewer");
    else if (!matchesSomeTag(pattern))
      problem(at, pattern, "no tag can match this; use letters, digits, ., _, - and *");
  });
}

const rulesOfOwn = LifecyclePolicy.shape.rules.element.partial({ rulePriority: true }).array();

/** The options when their shape is right and there is more than presets that cannot go wrong. */
function choiceOf(repository: UncheckedRepository): LifecyclePolicyOptions | undefined {
  const { lifecycleRules: rules, protectedTags: tags } = repository;
  if (!Array.isArray(rules) || !Array.isArray(tags) || rules.length + tags.length === 0) return undefined;
  const { maxImageCount, untaggedExpiryDays } = repository;
  const shaped = rulesOfOwn.safeParse(rules);
  return shaped.success
    ? { maxImageCount, untaggedExpiryDays, lifecycleRules: shaped.data, protectedTags: tags as string[] }
    : undefined;
}

function priorities(
  { lifecycleRules: rules, protectedTags: tags, untaggedExpiryDays }: LifecyclePolicyOptions,
  { problem }: RuleContext,
): void {
  const numbered = rules.filter(({ rulePriority }) => rulePriority !== undefined);
  if (numbered.length === 0) return;
  rules.forEach(({ rulePriority }, index) => {
    if (rulePriority === undefined)
      problem(
        ["lifecycleRules", index, "rulePriority"],
        undefined,
        "other rules have a priority; give one to every rule or to none",
      );
  });
  const presets = { protectedTags: tags.length > 0, untaggedExpiryDays: untaggedExpiryDays !== undefined };
  for (const [preset, used] of Object.entries(presets))
    if (used)
      problem(
        [preset],
        preset === "protectedTags" ? tags : untaggedExpiryDays,
        "it needs a place among rules whose priorities are fixed; remove rulePriority from lifecycleRules, or write it as a rule there",
      );
}

/** A rule of one's own that does what a preset does. */
function presets(
  { lifecycleRules: rules, maxImageCount, untaggedExpiryDays }: LifecyclePolicyOptions,
  { problem }: RuleContext,
): void {
  const same = (tagStatus: string) =>
    rules.findIndex(
      ({ selection }) => selection.tagStatus === tagStatus && selection.storageClass !== "archive",
    );
  for (const [option, value, tagStatus] of [
    ["maxImageCount", maxImageCount, "any"],
    ["untaggedExpiryDays", untaggedExpiryDays, "untagged"],
  ] as const)
    if (value !== undefined && same(tagStatus) >= 0)
      problem(
        [option],
        value,
        `lifecycleRules[${same(tagStatus)}] is for ${tagStatus} images already, and ECR takes one such rule; remove one of the two`,
      );
}

/** What ECR would refuse, at the rules as they are written. */
function findingsOf(choice: LifecyclePolicyOptions): PolicyProblem[] {
  const { policy, origins } = composePolicy(choice);
  const path = [choice.lifecycleRules.length > 0 ? "lifecycleRules" : "protectedTags"];
  if (policy.rules.length > maxRules)
    return [
      {
        path,
        advice: `the policy would have ${policy.rules.length} rules and ECR takes ${maxRules}; use fewer rules and protected tags`,
      },
    ];
  const own = policy.rules
    .map((rule, index) => ({ rule, origin: origins[index] ?? [] }))
    .filter(({ origin: [option] }) => option === "lifecycleRules")
    .toSorted((a, b) => Number(a.origin[1]) - Number(b.origin[1]));
  return [
    ...policyProblems({ rules: own.map(({ rule }) => rule) }, "lifecycleRules"),
    ...lengthProblems(policy).map(({ advice }) => ({ path, advice })),
  ];
}
