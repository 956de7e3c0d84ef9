import type { WeakeningRule } from "../weakening";
import { changesInPlace } from "../weaker-attribute";
import { lossRule } from "../weaker-document";
import type { Gate } from "./gate";

const policy = [lossRule(["policy"])];
const endpointPolicy: WeakeningRule = (change, context) =>
  changesInPlace(change) ? lossRule(["policy"])(change, context) : [];

/** What the registry takes away is in the gates `registry-loss` and `registry-settings`. */
export const accessLoss: Gate = {
  severity: "risky",
  stops: "Someone loses a permission in a resource policy or a trust policy",
  rules: {
    aws_ecr_repository_creation_template: [lossRule(["repository_policy"])],
    aws_ecr_repository_policy: policy,
    aws_ecrpublic_repository_policy: policy,
    aws_efs_file_system_policy: policy,
    aws_kms_key: policy,
    aws_kms_replica_key: policy,
    aws_secretsmanager_secret_policy: policy,
    aws_s3_bucket_policy: policy,
    aws_sns_topic_policy: policy,
    aws_sqs_queue_policy: policy,
    aws_vpc_endpoint: [endpointPolicy],
    aws_iam_role: [lossRule(["assume_role_policy"])],
  },
};
