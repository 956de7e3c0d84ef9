import { type AccountRegion, serviceDomain } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";

/**
 * Lets the principals of the account use a key through ECR and in no other way. ECR makes two grants for each
 * repository and works with those, so that who pushes or pulls needs no permission for the key.
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
    Condition: { StringEquals: { "kms:ViaService": `ecr.${region}.${serviceDomain(region)}` } },
  };
}

/**
 * Lets the role of repository creation templates have ECR make its grants for a repository. ECR takes the role on by
 * itself when an image is first pulled through a cache. The policy that AWS gives for the role asks for no
 * `kms:ViaService`, and nothing says that these calls carry it.
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
 * Lets CloudWatch Logs encrypt the log groups whose names begin with one of the prefixes.
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
 * Lets EventBridge publish to encrypted topics. AWS documents no condition for it.
 *
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

/** Services that may use the secrets key, as `kms:ViaService` spells them, and what each does for its caller. */
const secretUsers = {
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
  secretsmanager: {
    sid: "UseThroughSecretsManager",
    actions: ["Decrypt", "DescribeKey", "GenerateDataKey*"],
  },
  // Encrypts the variables of a function, and makes the grant with which the function's role decrypts them.
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
  lambda: { sid: "UseThroughLambda", actions: ["CreateGrant", "Decrypt", "DescribeKey", "Encrypt"] },
  // Makes the grant with which the cluster's role encrypts and decrypts Kubernetes secrets.
  // https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
  eks: { sid: "UseThroughEks", actions: ["CreateGrant", "DescribeKey"] },
} as const;

/**
 * Lets the principals of the account use a key through one service that holds secrets and in no other way.
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
    Condition: { StringEquals: { "kms:ViaService": `${service}.${region}.${serviceDomain(region)}` } },
  };
}
