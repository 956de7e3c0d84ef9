import { oneOrMore, type Statement } from "../../iam/policy-document";

/**
 * Permissions of the role that repository creation templates use when they set tags or a KMS key: ECR creates the
 * repositories with it.
 *
 * @param repositoryArns ARNs of the repositories that may be created; `*` matches any text
 * @param kmsKeyArn ARN of the KMS key that encrypts them. @default - none: ECR encrypts with AES256
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html
 */
export function templatePermission(repositoryArns: readonly string[], kmsKeyArn?: string): Statement[] {
  return [
    {
      Sid: "MakeRepositories",
      Effect: "Allow",
      Action: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
      Resource: oneOrMore(repositoryArns),
    },
    ...(kmsKeyArn === undefined
      ? []
      : [
          {
            Sid: "EncryptRepositories",
            Effect: "Allow",
            Action: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"],
            Resource: kmsKeyArn,
          } as const,
        ]),
  ];
}
