import type { Statement } from "../../iam/policy-document";

/**
 * What the role of repository creation templates must be allowed, where they set tags or a key: with it ECR makes the
 * repositories.
 *
 * @param repositoryArn ARN of the repositories that may be made; `*` stands for any text
 * @param kmsKeyArn ARN of the key that encrypts them. @default - none: ECR encrypts with AES256
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html
 */
export function templatePermission(repositoryArn: string, kmsKeyArn?: string): Statement[] {
  return [
    {
      Sid: "MakeRepositories",
      Effect: "Allow",
      Action: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
      Resource: repositoryArn,
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
