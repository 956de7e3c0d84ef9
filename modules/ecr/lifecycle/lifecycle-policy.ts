import { problemsIn } from "../../values/issues";
import { readJsonText } from "../../values/json-text";
import { unwritableTexts } from "../../values/unwritable-text";
import { valueAt } from "../../values/value-at";
import type { ValueProblem } from "../../values/value-problem";
import type { LifecyclePolicy } from "./aws-policy";
import { composePolicy } from "./lifecycle-presets";
import { LifecycleRule, LifecyclePolicy as PolicySchema } from "./lifecycle-rule";
import { type PolicyProblem, policyProblems } from "./lifecycle-rules";
import { problemsBesidesShape } from "./malformed-rules";

/**
 * AWS's limit on the length of a policy, in characters. The minimum of 100 does not matter: the shortest policy with
 * one rule is longer.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html
 */
const maxLength = 30_720;

/** A policy that keeps the newest `count` images, whatever their tags, as JSON. */
export function keepNewest(count: number): string {
  return policyText(composePolicy({ maxImageCount: count }).policy);
}

/**
 * Check a policy given as JSON and convert it to the canonical form.
 *
 * @returns the canonical JSON, or every problem found
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function parseLifecyclePolicy(json: string): { text: string } | { problems: ValueProblem[] } {
  const read = readJsonText(json, '{"rules":[…]}');
  if ("problems" in read) return { problems: [...read.problems] };
  const { value } = read;
  const parsed = PolicySchema.safeParse(value);
  const problems = [
    ...unwritableTexts(value),
    ...(parsed.success
      ? [...policyProblems(parsed.data.rules), ...lengthProblems(parsed.data)]
      : besidesShape(valueAt(value, ["rules"]))),
  ];
  if (parsed.success && problems.length === 0) return { text: policyText(parsed.data) };
  return {
    problems: [
      ...problemsIn(parsed.error, value).map(withoutNull),
      ...problems.map((problem) => ({ ...problem, found: valueAt(value, problem.path) })),
    ],
  };
}

function besidesShape(rules: unknown): PolicyProblem[] {
  if (!Array.isArray(rules)) return [];
  const wellFormed = rules.map((rule: unknown) => LifecycleRule.safeParse(rule).data);
  return problemsBesidesShape(rules, wellFormed);
}

const optionalKeys = [
  "description",
  "tagPatternList",
  "tagPrefixList",
  "storageClass",
  "countUnit",
  "targetStorageClass",
];

/**
 * Programs write null for an option that is not set, and ECR refuses it.
 *
 * @see https://github.com/cloudposse/terraform-aws-ecr/pull/132
 */
function withoutNull(problem: ValueProblem): ValueProblem {
  const isUnset = problem.found === null && optionalKeys.includes(String(problem.path.at(-1)));
  return isUnset ? { ...problem, advice: "ECR does not accept null; remove this key" } : problem;
}

/** The problem with a policy that is longer than ECR allows, if any. */
export function lengthProblems(policy: LifecyclePolicy): PolicyProblem[] {
  const { length } = policyText(policy);
  return length <= maxLength
    ? []
    : [
        {
          path: [],
          advice: `a policy can have up to ${maxLength} characters, and this one has ${length}; use fewer or shorter rules`,
        },
      ];
}

/**
 * A policy as canonical JSON: rules by priority, tag lists sorted, keys in the order of AWS, nothing null. The same
 * policy always gives the same text, so that Terraform, which replaces a changed policy, sees real changes only.
 */
export function policyText({ rules }: LifecyclePolicy): string {
  const canonical = rules
    .toSorted((a, b) => a.rulePriority - b.rulePriority)
    .map(({ rulePriority, description, selection, action }) => ({
      rulePriority,
      description,
      selection: {
        tagStatus: selection.tagStatus,
        tagPatternList: selection.tagPatternList?.toSorted(),
        tagPrefixList: selection.tagPrefixList?.toSorted(),
        // "standard" is the default, and some validators of AWS reject it when it is written.
        storageClass: selection.storageClass === "archive" ? selection.storageClass : undefined,
        countType: selection.countType,
        countUnit: selection.countUnit,
        countNumber: selection.countNumber,
      },
      action: { type: action.type, targetStorageClass: action.targetStorageClass },
    }));
  return JSON.stringify({ rules: canonical });
}
