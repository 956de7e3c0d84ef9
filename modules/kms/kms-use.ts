import { type AccountRegion, serviceDomain } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";
import { viaService } from "../iam/via-service";

/**
 * Allows the account's principals to use a key through ECR only. ECR creates two grants for each repository and uses
 * those, so principals that push or pull need no KMS permissions.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 */
export function useThroughEcr({ partition, accountId, region }: AccountRegion): Statement {
  return {
    Sid: "UseThroughEcr",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:RetireGrant"],
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": viaService("ecr", region) } },
  };
}

/**
 * Allows the role of repository creation templates to let ECR create its grants for a repository. ECR assumes the role
 * itself when an image is first pulled through a cache. The policy that AWS documents for the role does not require
 * `kms:ViaService`, and AWS does not document that these calls have it.
 *
 * @param roleArn ARN of the role, with its path
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html
 */
export function useByTemplateRole(
  { partition, accountId }: Omit<AccountRegion, "region">,
  roleArn: string,
): Statement {
  return {
    Sid: "UseByTemplateRole",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
    Resource: "*",
    Condition: { ArnEquals: { "aws:PrincipalArn": roleArn } },
  };
}

/**
 * Allows CloudWatch Logs to encrypt the log groups whose names start with one of the prefixes.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function useByLogGroups(
  { partition, accountId, region }: AccountRegion,
  namePrefixes: readonly string[],
): Statement {
  return {
    Sid: "UseByLogGroups",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.${serviceDomain(region)}` },
    Action: ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": namePrefixes.map(
          (prefix) => `arn:${partition}:logs:${region}:${accountId}:log-group:${prefix}*`,
        ),
      },
    },
  };
}

/**
 * Allows EventBridge to publish to encrypted SNS topics. There is no condition, because it would not work: AWS says
 * that `aws:SourceAccount`, `aws:SourceArn` and `aws:SourceOrgID` are not supported for EventBridge and encrypted
 * topics.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html#eb-no-messages-published-sns
 */
export function useByEventBridge(): Statement {
  return {
    Sid: "UseByEventBridge",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
  };
}

/**
 * Services that may use the secrets key, by their name in `kms:ViaService`, and what each does on behalf of its caller.
 */
const secretUsers = {
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
  secretsmanager: {
    sid: "UseThroughSecretsManager",
    actions: ["Decrypt", "DescribeKey", "GenerateDataKey*"],
  },
  // Encrypts a function's environment variables, and creates the grant that its role decrypts them with.
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
  lambda: { sid: "UseThroughLambda", actions: ["CreateGrant", "Decrypt", "DescribeKey", "Encrypt"] },
  // Creates the grant that the cluster role encrypts and decrypts Kubernetes secrets with.
  // https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
  eks: { sid: "UseThroughEks", actions: ["CreateGrant", "DescribeKey"] },
} as const;

/**
 * Allows the account's principals to use a key through one service that stores secrets, and in no other way.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function useForSecrets(
  service: keyof typeof secretUsers,
  { partition, accountId, region }: AccountRegion,
): Statement {
  const { sid, actions } = secretUsers[service];
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: actions.map((action) => `kms:${action}`),
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": viaService(service, region) } },
  };
}
