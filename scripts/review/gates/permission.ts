import { deniedLess } from "../weaker-document";
import type { Gate } from "./gate";

const policy = [deniedLess(["policy"])];

/**
 * Compared statement by statement, with wildcards and conditions. It does not weigh what several policies allow together;
 * for that, ask IAM Access Analyzer too.
 *
 * @see https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoNewAccess.html
 */
export const permission: Gate = {
  severity: "risky",
  stops:
    "A policy of something that exists allows more: a principal, action or resource is added, a wildcard is wider, or a condition or a Deny is removed",
  rules: {
    aws_ecr_repository_creation_template: [deniedLess(["repository_policy"])],
    aws_ecr_repository_policy: policy,
    aws_kms_key: policy,
    aws_secretsmanager_secret_policy: policy,
    aws_s3_bucket_policy: policy,
    aws_sns_topic_policy: policy,
    aws_vpc_endpoint: policy,
  },
  find: ({ access }) =>
    access.filter(
      ({ address, broadens, isPublic }) => broadens && !isPublic && !address.startsWith("aws_iam_role."),
    ),
};
