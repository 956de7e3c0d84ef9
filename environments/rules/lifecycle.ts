import { lengthProblems } from "../../modules/ecr/lifecycle/lifecycle-policy";
import { composePolicy, type LifecyclePolicyOptions } from "../../modules/ecr/lifecycle/lifecycle-presets";
import { type LifecycleRule, maxRules } from "../../modules/ecr/lifecycle/lifecycle-rule";
import { type PolicyProblem, policyProblems } from "../../modules/ecr/lifecycle/lifecycle-rules";
import { problemsBesidesShape } from "../../modules/ecr/lifecycle/malformed-rules";
import { matchesSomeTag } from "../../modules/ecr/lifecycle/tag-pattern";
import { valueAt } from "../../modules/values/value-at";
import { LifecycleRuleOptions } from "../options/lifecycle";
import type { UncheckedRepository } from "../options/repository";
import type { RuleContext } from "../schema/rule";

/** Options that have no effect together with `lifecyclePolicy`. */
const replacedByPolicy = ["maxImageCount", "untaggedExpiryDays", "protectedTags", "lifecycleRules"] as const;

/** Rules between the options that define the lifecycle policy of a repository. */
export function lifecycleRules(repository: UncheckedRepository, context: RuleContext): void {
  // An invalid policy is no longer a string here, so any value except null counts.
  if (repository.lifecyclePolicy !== null) {
    for (const option of replacedByPolicy)
      if (isSet(repository[option]))
        context.problem(
          [option],
          repository[option],
          "lifecyclePolicy is also set and would take precedence; remove one of the two",
        );
    return;
  }
  protectedTags(repository, context);
  const options = validOptions(repository);
  if (options === undefined) {
    for (const { path, advice } of problemsOfMalformed(repository))
      context.problem(path, valueAt(repository, path), advice);
    return;
  }
  priorities(options, context);
  presets(options, context);
  for (const { path, advice } of composedPolicyProblems(options))
    context.problem(path, valueAt(repository, path), advice);
}

const isSet = (value: unknown): boolean =>
  value !== undefined && !(Array.isArray(value) && value.length === 0);

function protectedTags({ protectedTags: patterns }: UncheckedRepository, { problem }: RuleContext): void {
  if (!Array.isArray(patterns)) return;
  patterns.forEach((pattern, index) => {
    // The schema reports an empty pattern.
    if (typeof pattern !== "string" || pattern.trim() === "") return;
    const at = ["protectedTags", index];
    if ((pattern.match(/\*/g) ?? []).length > 4)
      problem(at, pattern, "a pattern may contain at most four *; use fewer");
    else if (!matchesSomeTag(pattern))
      problem(at, pattern, "no tag can match this pattern; use letters, digits, ., _, - and *");
  });
}

const customRules = LifecycleRuleOptions.array();

/** Options whose lists may be empty but are there. */
type GivenOptions = LifecyclePolicyOptions &
  Required<Pick<LifecyclePolicyOptions, "protectedTags" | "lifecycleRules">>;

/** The options if their shape is valid; `undefined` also if they contain only presets, which cannot conflict. */
function validOptions(repository: UncheckedRepository): GivenOptions | undefined {
  const { lifecycleRules: rules, protectedTags: tags } = repository;
  if (!Array.isArray(rules) || !Array.isArray(tags) || rules.length + tags.length === 0) return undefined;
  // The schema reports what is not a string.
  if (!tags.every((tag) => typeof tag === "string")) return undefined;
  const { maxImageCount, untaggedExpiryDays } = repository;
  const parsed = customRules.safeParse(rules);
  return parsed.success
    ? { maxImageCount, untaggedExpiryDays, lifecycleRules: parsed.data, protectedTags: tags as string[] }
    : undefined;
}

/** What is wrong with custom rules besides their shape. Those of the right shape are compared with each other. */
function problemsOfMalformed({ lifecycleRules: rules }: UncheckedRepository): PolicyProblem[] {
  if (!Array.isArray(rules) || rules.length === 0) return [];
  const wellFormed = rules.map((rule: unknown) => LifecycleRuleOptions.safeParse(rule).data);
  const { policy, origins } = composePolicy({
    protectedTags: [],
    lifecycleRules: wellFormed.filter((rule) => rule !== undefined),
  });
  const places = [...wellFormed.keys()].filter((index) => wellFormed[index] !== undefined);
  const composed: (LifecycleRule | undefined)[] = rules.map(() => undefined);
  policy.rules.forEach((rule, index) => {
    const [option, number] = origins[index] ?? [];
    const place = option === "lifecycleRules" ? places[Number(number)] : undefined;
    if (place !== undefined) composed[place] = rule;
  });
  return problemsBesidesShape(rules, composed, "lifecycleRules");
}

function priorities(
  { lifecycleRules: rules, protectedTags: tags, untaggedExpiryDays }: GivenOptions,
  { problem }: RuleContext,
): void {
  const numbered = rules.filter(({ rulePriority }) => rulePriority !== undefined);
  if (numbered.length === 0) return;
  rules.forEach(({ rulePriority }, index) => {
    if (rulePriority === undefined)
      problem(
        ["lifecycleRules", index, "rulePriority"],
        undefined,
        "other rules have a priority; set it for every rule or for none",
      );
  });
  const presets = { protectedTags: tags.length > 0, untaggedExpiryDays: untaggedExpiryDays !== undefined };
  for (const [preset, used] of Object.entries(presets))
    if (used)
      problem(
        [preset],
        preset === "protectedTags" ? tags : untaggedExpiryDays,
        "this option cannot be placed among rules with fixed priorities; remove rulePriority from lifecycleRules, or add it as a rule there",
      );
}

/** A custom rule that duplicates a preset. */
function presets(
  { lifecycleRules: rules, maxImageCount, untaggedExpiryDays }: GivenOptions,
  { problem }: RuleContext,
): void {
  const ruleFor = (tagStatus: string) =>
    rules.findIndex(
      ({ selection }) => selection.tagStatus === tagStatus && selection.storageClass !== "archive",
    );
  for (const [option, value, tagStatus] of [
    ["maxImageCount", maxImageCount, "any"],
    ["untaggedExpiryDays", untaggedExpiryDays, "untagged"],
  ] as const)
    if (value !== undefined && ruleFor(tagStatus) >= 0)
      problem(
        [option],
        value,
        `lifecycleRules[${ruleFor(tagStatus)}] already applies to ${tagStatus} images, and ECR allows one such rule; remove one of the two`,
      );
}

/** Rules that ECR would reject, at the paths where the file defines them. */
function composedPolicyProblems(options: GivenOptions): PolicyProblem[] {
  const { policy, origins } = composePolicy(options);
  const path = [options.lifecycleRules.length > 0 ? "lifecycleRules" : "protectedTags"];
  if (policy.rules.length > maxRules)
    return [
      {
        path,
        advice: `the policy would have ${policy.rules.length} rules, and ECR allows ${maxRules}; use fewer rules and protected tags`,
      },
    ];
  const custom = policy.rules
    .map((rule, index) => ({ rule, origin: origins[index] ?? [] }))
    .filter(({ origin: [option] }) => option === "lifecycleRules")
    .toSorted((a, b) => Number(a.origin[1]) - Number(b.origin[1]));
  return [
    ...policyProblems(
      custom.map(({ rule }) => rule),
      "lifecycleRules",
    ),
    ...lengthProblems(policy).map(({ advice }) => ({ path, advice })),
  ];
}
