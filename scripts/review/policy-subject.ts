import { valueAt } from "../../modules/values/value-at";
import { indexOf } from "./plan-index";
import { isUnknown, type ResourceChange, type TerraformPlan } from "./terraform-plan";

/** The argument that names what a policy or rule belongs to, and the type of that, by its own type. */
const subjects: Readonly<Record<string, readonly [argument: string, type: string]>> = {
  aws_ecr_lifecycle_policy: ["repository", "aws_ecr_repository"],
  aws_ecr_repository_policy: ["repository", "aws_ecr_repository"],
  aws_ecrpublic_repository_policy: ["repository_name", "aws_ecrpublic_repository"],
  aws_efs_file_system_policy: ["file_system_id", "aws_efs_file_system"],
  aws_eks_access_entry: ["cluster_name", "aws_eks_cluster"],
  aws_eks_access_policy_association: ["cluster_name", "aws_eks_cluster"],
  aws_iam_role_policy: ["role", "aws_iam_role"],
  aws_iam_role_policy_attachment: ["role", "aws_iam_role"],
  aws_kms_grant: ["key_id", "aws_kms_key"],
  aws_lambda_permission: ["function_name", "aws_lambda_function"],
  aws_s3_bucket_lifecycle_configuration: ["bucket", "aws_s3_bucket"],
  aws_s3_bucket_policy: ["bucket", "aws_s3_bucket"],
  aws_secretsmanager_secret_policy: ["secret_arn", "aws_secretsmanager_secret"],
  aws_security_group_rule: ["security_group_id", "aws_security_group"],
  aws_sns_topic_policy: ["arn", "aws_sns_topic"],
  aws_sqs_queue_policy: ["queue_url", "aws_sqs_queue"],
  aws_vpc_security_group_ingress_rule: ["security_group_id", "aws_security_group"],
};

/** The arguments by which they do. */
export const subjectArguments: readonly string[] = [
  ...new Set(Object.values(subjects).map(([argument]) => argument)),
];

/** Settings of the registry, which always exists. */
const ofAccount = ["aws_ecr_registry_policy", "aws_ecr_replication_configuration"];

/**
 * Whether a policy or rule that a plan creates belongs to something that exists, so that its permissions are new there. What
 * replaces something counts as existing.
 */
export function subjectExists(change: ResourceChange, plan: TerraformPlan): boolean {
  if (ofAccount.includes(change.type)) return true;
  const [argument, type] = (Object.hasOwn(subjects, change.type) && subjects[change.type]) || [];
  if (argument === undefined || type === undefined) return false;
  const { created, createdAddresses, replacedTypes } = indexOf(plan);
  // Unknown is what belongs to something new, or to something that the plan replaces.
  if (isUnknown(change, [argument])) return replacedTypes.has(type);
  const subject = valueAt(change.change.after, [argument]);
  if (type === "aws_iam_role" && plan.new_roles?.has(String(subject))) return false;
  return (
    !created.get(type)?.has(subject) &&
    !referencesIn(String(subject)).some((address) => createdAddresses.has(address))
  );
}

/** Addresses to which a text of a stack's JSON refers, e.g. `aws_ecr_repository.web` in `${aws_ecr_repository.web.name}`. */
const referencesIn = (text: string): string[] =>
  [...text.matchAll(/\{([\w-]+\.[\w-]+)\./g)].map(([, address = ""]) => address);
