import { valueAt } from "../../../modules/values/value-at";
import type { StackJson } from "../synth";

/** A policy document of a stack, or all of one role together, with what AWS allows. */
export interface Measured {
  /** E.g. `compute-dev aws_ecr_repository_policy.web`. */
  readonly where: string;
  /** In characters, with expressions as long as the shortest ARNs in their place; for roles, the sum. */
  readonly length: number;
  readonly limit: number;
}

/**
 * The argument with the document of each type, and how long AWS lets it be.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html and PutRegistryPolicy, PutLifecyclePolicy
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
const limits: Readonly<Record<string, readonly [argument: string, limit: number]>> = {
  aws_ecr_repository_policy: ["policy", 10_240],
  aws_ecr_registry_policy: ["policy", 10_240],
  aws_ecr_lifecycle_policy: ["policy", 30_720],
  aws_ecr_repository_creation_template: ["repository_policy", 10_240],
  aws_ecrpublic_repository_policy: ["policy", 10_240],
  aws_iam_policy: ["policy", 6_144],
  aws_iam_role: ["assume_role_policy", 8_192],
  aws_iam_role_policy: ["policy", 10_240],
  aws_kms_key: ["policy", 32_768],
  aws_s3_bucket_policy: ["policy", 20_480],
  aws_vpc_endpoint: ["policy", 20_480],
  aws_secretsmanager_secret_policy: ["policy", 20_480],
  aws_sns_topic_policy: ["policy", 30_720],
  aws_sqs_queue_policy: ["policy", 30_720],
  aws_cloudwatch_log_resource_policy: ["policy_document", 5_120],
  aws_cloudwatch_event_rule: ["event_pattern", 2_048],
};

/** Stands for what AWS chooses, such as the ARN of a key. Not longer than any, so that what is too long is too long. */
const chosenArn = "a".repeat(75);

/** Every policy of these stacks, as `writtenStacks` returns them. All inline policies of a role have one limit. */
export function measuredPolicies(stacks: Readonly<Record<string, StackJson>>): Measured[] {
  const roles = new Map<string, Measured>();
  const others = Object.entries(stacks).flatMap(([stack, { resource = {} }]) =>
    Object.entries<Record<string, object>>(resource).flatMap(([type, ofType]) => {
      const [argument, limit] = limits[type] ?? [];
      if (argument === undefined || limit === undefined) return [];
      return Object.entries(ofType).flatMap(([name, values]): Measured[] => {
        const text = valueAt(values, [argument]);
        if (typeof text !== "string") return [];
        const measured = { where: `${stack} ${type}.${name}`, length: lengthOf(text, resource), limit };
        if (type !== "aws_iam_role_policy") return [measured];
        const role = roleOf(String(valueAt(values, ["role"])), resource);
        const { length = 0 } = roles.get(role) ?? {};
        roles.set(role, { where: `role ${role}`, length: length + measured.length, limit });
        return [];
      });
    }),
  );
  return [...others, ...roles.values()];
}

function lengthOf(text: string, resource: StackJson): number {
  const known = text.replaceAll(
    /(?<!\$)\$\{(?:aws_ecr_repository\.([\w-]+)\.arn)?[^}]*\}/g,
    (_, repository: string | undefined) => {
      const name = repository && valueAt(resource, ["aws_ecr_repository", repository, "name"]);
      return name === undefined ? chosenArn : `arn:aws:ecr:eu-west-1:222233334444:repository/${name}`;
    },
  );
  return known.replaceAll("$${", "${").length;
}

/** The name of a role, also of one that the stack creates. */
function roleOf(role: string, resource: StackJson): string {
  const [, created = ""] = /^\$\{aws_iam_role\.([\w-]+)\./.exec(role) ?? [];
  return String(valueAt(resource, ["aws_iam_role", created, "name"]) ?? role);
}
