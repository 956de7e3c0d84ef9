import { valueAt } from "../../modules/values/value-at";
import { effectOf, isUnknown, type ResourceChange, type TerraformPlan } from "./terraform-plan";

/** The argument that names what a policy belongs to, by the type of the policy's resource. */
const subjects: Readonly<Record<string, string>> = {
  aws_ecr_repository_policy: "repository",
  aws_iam_role_policy: "role",
  aws_iam_role_policy_attachment: "role",
  aws_s3_bucket_policy: "bucket",
  aws_secretsmanager_secret_policy: "secret_arn",
  aws_sns_topic_policy: "arn",
};

/** Policies of the account, which always exists. */
const ofAccount = ["aws_ecr_registry_policy"];

/** Whether a policy that a plan creates belongs to something that exists, so that its permissions are new there. */
export function subjectExists(change: ResourceChange, plan: TerraformPlan): boolean {
  if (ofAccount.includes(change.type)) return true;
  const argument = Object.hasOwn(subjects, change.type) ? subjects[change.type] : undefined;
  if (argument === undefined || isUnknown(change, [argument])) return false;
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
