import type { Statement } from "../iam/policy-document";

/**
 * Denies a role pulling from repositories in its account whose names do not match.
 *
 * An explicit deny is needed because EKS creates node groups only for roles with AWS managed policies, and those allow
 * pulling from every repository. The images of add-ons come from registries in AWS accounts, which differ by Region;
 * they are not affected.
 *
 * @param account partition and ID of the role's account
 * @param repositoryPattern names of the repositories that may be pulled from, e.g. `myproject-dev-*`
 * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html
 * @see https://github.com/aws/containers-roadmap/issues/1610
 */
export function pullBoundary(
  { partition, accountId }: { readonly partition: string; readonly accountId: string },
  repositoryPattern: string,
): Statement {
  return {
    Sid: "NoOtherRepositories",
    Effect: "Deny",
    Action: [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:BatchImportUpstreamImage",
      "ecr:GetDownloadUrlForLayer",
    ],
    NotResource: `arn:${partition}:ecr:*:${accountId}:repository/${repositoryPattern}`,
    Condition: { StringEquals: { "aws:ResourceAccount": accountId } },
  };
}
