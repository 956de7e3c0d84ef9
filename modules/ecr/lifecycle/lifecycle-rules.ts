import type { LifecycleRule, LifecycleSelection } from "./aws-policy";
import { storageClasses } from "./lifecycle-rule";

/** Minimum number of days that AWS keeps an archived image. https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
const minArchivedDays = 90;

/** A problem in a lifecycle policy: its path, and "rule; remedy". */
export interface PolicyProblem {
  readonly path: readonly PropertyKey[];
  readonly advice: string;
}

/** Storage class that a rule applies to. The rule ignores images in the other class. */
export function storageClassOf({
  selection,
}: LifecycleRule): NonNullable<LifecycleSelection["storageClass"]> {
  return selection.storageClass ?? "standard";
}

/**
 * Whether rules archive images, count from the last pull, or apply to archived images. These need AWS provider 6.28.0;
 * an older one plans no change when such a rule changes.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/pull/45752
 */
export function usesArchive(rules: readonly LifecycleRule[]): boolean {
  return rules.some(
    (rule) =>
      storageClassOf(rule) === "archive" ||
      rule.action.type === "transition" ||
      rule.selection.countType === "sinceImagePulled",
  );
}

/**
 * What ECR rejects in a policy of the right shape, within each rule and between rules.
 *
 * @param rules `undefined` in place of a rule whose shape is wrong
 * @param list name of the list of rules where it was written; the paths start with it
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function policyProblems(
  rules: readonly (LifecycleRule | undefined)[],
  list = "rules",
): PolicyProblem[] {
  const problems = [
    ...rules.flatMap((rule, index) =>
      (rule === undefined ? [] : ruleProblems(rule)).map(({ path, advice }) => ({
        path: [index, ...path],
        advice,
      })),
    ),
    ...storageClasses.flatMap((storageClass) => anyRuleProblems(rules, storageClass)),
    ...duplicateProblems(rules, list),
  ];
  return problems.map(({ path, advice }) => ({ path: [list, ...path], advice }));
}

/** What ECR rejects in one rule of the right shape, whatever the other rules are. The paths start in the rule. */
export function ruleProblems(rule: LifecycleRule): PolicyProblem[] {
  return [...tagProblems(rule), ...countProblems(rule), ...archiveProblems(rule)];
}

const at = (key: string, advice: string): PolicyProblem => ({ path: ["selection", key], advice });

function tagProblems({ selection }: LifecycleRule): PolicyProblem[] {
  const { tagStatus, tagPatternList, tagPrefixList } = selection;
  const problems: PolicyProblem[] = [];
  const lists = [tagPatternList, tagPrefixList].filter((list) => list !== undefined).length;
  if (tagStatus === "tagged" && lists !== 1)
    problems.push(
      at(
        "tagPatternList",
        "a tagged rule needs exactly one of tagPatternList and tagPrefixList; set one of them",
      ),
    );
  if (tagStatus !== "tagged" && lists > 0)
    problems.push(at("tagStatus", `an ${tagStatus} rule cannot have a tag list; remove it or use "tagged"`));
  for (const pattern of tagPatternList ?? [])
    if ((pattern.match(/\*/g) ?? []).length > 4)
      problems.push(at("tagPatternList", `"${pattern}" contains more than four *; use at most four`));
  return problems;
}

function countProblems({ selection }: LifecycleRule): PolicyProblem[] {
  const { countType, countUnit } = selection;
  if (countType !== "imageCountMoreThan" && countUnit === undefined)
    return [at("countUnit", `${countType} counts in days; add countUnit: "days"`)];
  if (countType === "imageCountMoreThan" && countUnit !== undefined)
    return [at("countUnit", "imageCountMoreThan has no unit; remove countUnit")];
  return [];
}

/** Which count types go with which storage class and which action. */
function archiveProblems(rule: LifecycleRule): PolicyProblem[] {
  const { countType, countNumber } = rule.selection;
  const { type, targetStorageClass } = rule.action;
  const problems: PolicyProblem[] = [];
  const storageClass = storageClassOf(rule);
  if (countType === "sinceImageTransitioned" && storageClass !== "archive")
    problems.push(
      at("storageClass", 'sinceImageTransitioned applies to archived images; add storageClass: "archive"'),
    );
  if (countType !== "sinceImageTransitioned" && storageClass === "archive")
    problems.push(
      at(
        "storageClass",
        `archived images need sinceImageTransitioned, not ${countType}; use sinceImageTransitioned`,
      ),
    );
  if (countType === "sinceImageTransitioned" && countNumber < minArchivedDays)
    problems.push(
      at(
        "countNumber",
        `AWS keeps an archived image for at least ${minArchivedDays} days; use ${minArchivedDays} or more`,
      ),
    );
  if (countType === "sinceImageTransitioned" && type === "transition")
    problems.push({
      path: ["action", "type"],
      advice: 'an archived image can only expire; use type: "expire"',
    });
  if (countType === "sinceImagePulled" && type === "expire")
    problems.push({
      path: ["action", "type"],
      advice:
        'sinceImagePulled can only archive; use type: "transition", and expire the archived images with a sinceImageTransitioned rule',
    });
  if (type === "transition" && targetStorageClass === undefined)
    problems.push({
      path: ["action", "targetStorageClass"],
      advice: 'a transition needs a target; add targetStorageClass: "archive"',
    });
  if (type === "expire" && targetStorageClass !== undefined)
    problems.push({
      path: ["action", "targetStorageClass"],
      advice: 'only a transition has a target; remove it or use type: "transition"',
    });
  return problems;
}

/** In each storage class, a rule for any image must have the highest number: the example of AWS has one in each. */
function anyRuleProblems(
  rules: readonly (LifecycleRule | undefined)[],
  storageClass: string,
): PolicyProblem[] {
  const isInClass = (rule: LifecycleRule | undefined): rule is LifecycleRule =>
    rule !== undefined && storageClassOf(rule) === storageClass;
  const highest = Math.max(...rules.filter(isInClass).map(({ rulePriority }) => rulePriority));
  return rules.flatMap((rule, index) =>
    isInClass(rule) && rule.selection.tagStatus === "any" && rule.rulePriority < highest
      ? [
          {
            path: [index, "rulePriority"],
            advice: `an "any" rule must come last, but ${rule.rulePriority} is lower than ${highest}; give it the highest rulePriority`,
          },
        ]
      : [],
  );
}

/** A priority may be used once; a selection once in each storage class. */
function duplicateProblems(rules: readonly (LifecycleRule | undefined)[], list: string): PolicyProblem[] {
  const seen = new Map<string, number>();
  return rules.flatMap((rule, index) => {
    if (rule === undefined) return [];
    const place = storageClassOf(rule) === "archive" ? " of archived images" : "";
    const claims = [
      [`priority ${rule.rulePriority}`, "rulePriority", "give every rule its own priority"],
      [`the selection "${selectionText(rule)}"${place}`, "selection", "merge the two rules into one"],
    ] as const;
    return claims.flatMap(([claim, key, remedy]): PolicyProblem[] => {
      const earlier = seen.get(claim);
      if (earlier === undefined) seen.set(claim, index);
      return earlier === undefined
        ? []
        : [{ path: [index, key], advice: `${list}[${earlier}] already has ${claim}; ${remedy}` }];
    });
  });
}

/** The tags that a rule selects, as text: `tagged prod* …`, `untagged`, `any`. */
export function selectionText({ selection }: LifecycleRule): string {
  const { tagStatus, tagPatternList = [], tagPrefixList = [] } = selection;
  const tags = [...tagPatternList, ...tagPrefixList.map((prefix) => `${prefix}…`)].toSorted();
  return [tagStatus, ...tags].join(" ");
}
