import { parseLifecyclePolicy } from "../../../modules/ecr/lifecycle/lifecycle-policy";

/** A rule that ECR accepts, with changes. */
export const rule = (priority: number, selection: object = {}, others: object = {}) => ({
  rulePriority: priority,
  selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10, ...selection },
  action: { type: "expire" },
  ...others,
});

/** A rule for tagged images. */
export const tagged = (priority: number, tagPatternList: string[]) =>
  rule(priority, { tagStatus: "tagged", tagPatternList });

/** The policy is refused with these problems. */
export function problemsOf(...rules: object[]) {
  const parsed = parseLifecyclePolicy(JSON.stringify({ rules }));
  return "problems" in parsed ? parsed.problems.map(({ path, advice }) => [path.join("."), advice]) : [];
}

/** The policy is accepted and has this content. */
export function contentOf(...rules: object[]) {
  const parsed = parseLifecyclePolicy(JSON.stringify({ rules }));
  return "text" in parsed ? JSON.parse(parsed.text).rules : parsed;
}
