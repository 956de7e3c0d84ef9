import { valueAt } from "../../modules/values/value-at";
import { effectOf, isUnknown, type ResourceChange, type TerraformPlan } from "./terraform-plan";

/** The argument that names what a policy or rule belongs to, by its type. */
const subjects: Readonly<Record<string, string>> = {
  aws_ecr_lifecycle_policy: "repository",
  aws_ecr_repository_policy: "repository",
  aws_iam_role_policy: "role",
  aws_iam_role_policy_attachment: "role",
  aws_s3_bucket_policy: "bucket",
  aws_secretsmanager_secret_policy: "secret_arn",
  aws_security_group_rule: "security_group_id",
  aws_sns_topic_policy: "arn",
  aws_vpc_security_group_ingress_rule: "security_group_id",
};

/** Settings of the registry, which always exists. */
const ofAccount = ["aws_ecr_registry_policy", "aws_ecr_replication_configuration"];

/**
 * Whether a policy or rule that a plan creates belongs to something that exists, so that its permissions are new there. What
 * replaces something counts as existing.
 */
export function subjectExists(change: ResourceChange, plan: TerraformPlan): boolean {
  if (ofAccount.includes(change.type)) return true;
  const argument = Object.hasOwn(subjects, change.type) ? subjects[change.type] : undefined;
  if (argument === undefined) return false;
  if (isUnknown(change, [argument])) return replaces(plan);
  const subject = valueAt(change.change.after, [argument]);
  const created = (plan.resource_changes ?? []).filter((other) => effectOf(other) === "create");
  return !created.some(
    ({ address, change: { after } }) =>
      String(subject).includes(`{${address}.`) ||
      ["name", "bucket", "arn"].some((name) => {
        const value = valueAt(after, [name]);
        return value !== undefined && value !== null && value === subject;
      }),
  );
}

/** Whether a plan replaces anything that policies or rules can belong to. */
const replaces = ({ resource_changes: changes = [] }: TerraformPlan): boolean =>
  changes.some((change) => effectOf(change) === "replace" && !Object.hasOwn(subjects, change.type));
