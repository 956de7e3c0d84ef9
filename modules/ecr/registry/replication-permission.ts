import type { Statement } from "../../iam/policy-document";

/**
 * Allows another account to replicate into this registry, to repositories that exist.
 *
 * @param mayCreate whether it may also create repositories. Without that, an image whose repository is missing is not
 *   replicated.
 * @param tagged whether a repository creation template of the registry tags them, which needs a permission of its own
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-permissions-create-replication.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html resource tags
 */
export function replicationFrom(
  registry: { readonly partition: string; readonly accountId: string; readonly region: string },
  source: { readonly accountId: string; readonly namePatterns: readonly string[] },
  { mayCreate, tagged }: { readonly mayCreate: boolean; readonly tagged: boolean },
): Statement {
  const { partition, accountId, region } = registry;
  return {
    Sid: `ReplicationFrom${source.accountId}`,
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${source.accountId}:root` },
    Action: [
      ...(mayCreate ? ["ecr:CreateRepository"] : []),
      "ecr:ReplicateImage",
      ...(mayCreate && tagged ? ["ecr:TagResource"] : []),
    ],
    Resource: source.namePatterns.map(
      (pattern) => `arn:${partition}:ecr:${region}:${accountId}:repository/${pattern}`,
    ),
  };
}
