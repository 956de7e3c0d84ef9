import { valueAt } from "../../modules/values/value-at";
import { indexOf } from "./plan-index";
import { isUnknown, type ResourceChange, type TerraformPlan } from "./terraform-plan";

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
  const { created, createdAddresses, replacedTypes } = indexOf(plan);
  // Unknown is what belongs to something new, unless the plan replaces anything that policies or rules can belong to.
  if (isUnknown(change, [argument])) return [...replacedTypes].some((type) => !Object.hasOwn(subjects, type));
  const subject = valueAt(change.change.after, [argument]);
  return (
    !created.has(subject) && !referencesIn(String(subject)).some((address) => createdAddresses.has(address))
  );
}

/** Addresses to which a text of a stack's JSON refers, e.g. `aws_ecr_repository.web` in `${aws_ecr_repository.web.name}`. */
const referencesIn = (text: string): string[] =>
  [...text.matchAll(/\{([\w-]+\.[\w-]+)\./g)].map(([, address = ""]) => address);
