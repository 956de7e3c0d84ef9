import type { Statement } from "../iam/policy-document";

/**
 * Keeps a role from pulling from repositories of its account that are not named so.
 *
 * It is a denial, because EKS makes node groups only for a role that has AWS's own policies, and those let it pull from
 * everything that lets it in. The images of add-ons come from registries of AWS, in other accounts, whose numbers
 * differ by Region; they are not touched.
 *
 * @param account partition and id of the role's account
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
