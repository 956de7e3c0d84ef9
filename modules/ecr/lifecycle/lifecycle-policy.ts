import { valueAt } from "../../values/value-at";
import { composePolicy } from "./lifecycle-presets";
import { LifecyclePolicy, type PolicyProblem, policyProblems } from "./lifecycle-rules";

/**
 * AWS's limit on the text of a policy. The shortest policy with one rule is longer than the 100
 * characters that it must have at least.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html
 */
const maxLength = 30_720;

/** The policy of a repository that keeps its newest `count` images, whatever their tags. */
export function keepNewest(count: number): string {
  return policyText(composePolicy({ maxImageCount: count, protectedTags: [], lifecycleRules: [] }).policy);
}

/** A problem inside a policy, with what was found there. */
export interface ReportedProblem extends PolicyProblem {
  readonly found: unknown;
}

/**
 * Check a policy given as JSON and bring it into the canonical form.
 *
 * @returns the canonical text, or every problem found
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function parseLifecyclePolicy(json: string): { text: string } | { problems: ReportedProblem[] } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const reason = (error as Error).message.replace(/\s+/g, " ");
    return {
      problems: [{ path: [], found: json, advice: `this is not JSON (${reason}); write {"rules":[…]}` }],
    };
  }
  const refuse = (problems: readonly PolicyProblem[]) => ({
    problems: problems.map((problem) => ({ ...problem, found: valueAt(value, problem.path) })),
  });
  const parsed = LifecyclePolicy.safeParse(value);
  if (!parsed.success)
    return refuse(
      parsed.error.issues.map(({ path, message }) => ({
        path,
        advice: `ECR refuses this (${message}); compare it with the lifecycle policy parameters in the ECR user guide`,
      })),
    );
  const problems = [...policyProblems(parsed.data), ...lengthProblems(parsed.data)];
  return problems.length > 0 ? refuse(problems) : { text: policyText(parsed.data) };
}

/** A policy that is longer than ECR takes. */
export function lengthProblems(policy: LifecyclePolicy): PolicyProblem[] {
  const { length } = policyText(policy);
  return length <= maxLength
    ? []
    : [
        {
          path: [],
          advice: `a policy has up to ${maxLength} characters and this one ${length}; use fewer or shorter rules`,
        },
      ];
}

/**
 * The text of a policy: rules by priority, tag lists sorted, keys in AWS's order, nothing null. The same policy always
 * gives the same text, so that Terraform, which replaces a changed policy, sees only true changes.
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
        // "standard" is what AWS takes without a word, and some of its validators refuse the word.
        storageClass: selection.storageClass === "archive" ? selection.storageClass : undefined,
        countType: selection.countType,
        countUnit: selection.countUnit,
        countNumber: selection.countNumber,
      },
      action: { type: action.type, targetStorageClass: action.targetStorageClass },
    }));
  return JSON.stringify({ rules: canonical });
}
