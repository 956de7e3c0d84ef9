import type { Contract } from "./contract";

/**
 * What the security layer promises to other layers. To rename an output, publish both names, move the readers, deploy,
 * and only then take the old one away.
 */
export const securityContract = {
  ecr_kms_key_arn: "ARN of the KMS key that encrypts container images",
  logs_kms_key_arn: "ARN of the KMS key that encrypts log groups and alerts",
} as const satisfies Contract;
