import { valueAt } from "../../../modules/values/value-at";
import { documentIn } from "../canonical";
import { type StatementJson, statementsIn } from "../policy-statements";

/** A policy in an argument, and who has its permissions; `undefined` if its statements name their principals. */
export interface PolicyArgument {
  readonly argument: string;
  readonly holder?: (values: unknown) => string;
}

const policy: PolicyArgument = { argument: "policy" };

/** The IAM policies among the arguments of each type. */
const policyArguments: Readonly<Record<string, PolicyArgument>> = {
  aws_cloudwatch_log_resource_policy: { argument: "policy_document" },
  aws_ecr_registry_policy: policy,
  aws_ecr_repository_creation_template: { argument: "repository_policy" },
  aws_ecr_repository_policy: policy,
  aws_ecrpublic_repository_policy: policy,
  aws_efs_file_system_policy: policy,
  aws_iam_policy: { ...policy, holder: (values) => `policy ${textAt(values, "name")}` },
  aws_iam_role: { argument: "assume_role_policy" },
  aws_iam_role_policy: { ...policy, holder: (values) => `role ${textAt(values, "role")}` },
  aws_kms_key: policy,
  aws_kms_replica_key: policy,
  aws_s3_bucket_policy: policy,
  aws_secretsmanager_secret_policy: policy,
  aws_sns_topic_policy: policy,
  aws_sqs_queue_policy: policy,
  aws_vpc_endpoint: policy,
};

/** The types with a policy whose statements name their principals. */
export const resourcePolicyTypes: readonly string[] = Object.entries(policyArguments)
  .filter(([, { holder }]) => holder === undefined)
  .map(([type]) => type);

/** The policy of a resource; `undefined` if its type has none. */
export const policyArgumentOf = (type: string): PolicyArgument | undefined =>
  Object.hasOwn(policyArguments, type) ? policyArguments[type] : undefined;

export const textAt = (values: unknown, argument: string): string => String(valueAt(values, [argument]));

/**
 * The statements of a policy; those of an IAM policy with the principal that has it. None if the resource does not exist.
 *
 * @returns `undefined` if there is a text that cannot be read, e.g. because it is sensitive
 */
export function statementsOf(
  values: unknown,
  { argument, holder }: PolicyArgument,
): readonly StatementJson[] | undefined {
  const document = valueAt(values, [argument]) ?? "";
  if (document === "") return statementsIn("");
  if (documentIn(document) === undefined) return undefined;
  try {
    const statements = statementsIn(String(document));
    return holder === undefined
      ? statements
      : statements.map((statement) => ({ ...statement, Principal: { AWS: holder(values) } }));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
