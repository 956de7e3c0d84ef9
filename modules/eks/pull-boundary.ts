import { oneOrMore, type Statement } from "../iam/policy-document";

/**
 * Denies a role pulling from repositories in its account whose names do not match.
 *
 * An explicit deny is needed because EKS creates node groups only for roles with AWS managed policies, and those allow
 * pulling from every repository. The images of add-ons come from registries in AWS accounts, which differ by Region;
 * they are not affected.
 *
 * @param account partition and ID of the role's account
 * @param repositoryPatterns names of the repositories that may be pulled from, e.g. `myproject-dev-*`
 * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html
 * @see https://github.com/aws/containers-roadmap/issues/1610
 */
export function pullBoundary(
  { partition, accountId }: { readonly partition: string; readonly accountId: string },
  repositoryPatterns: readonly string[],
): Statement {
  const arn = (name: string) => `arn:${partition}:ecr:*:${accountId}:repository/${name}`;
  return {
    Sid: "NoOtherRepositories",
    Effect: "Deny",
    Action: pullActions,
    ...(repositoryPatterns.length === 0
      ? { Resource: arn("*") }
      : { NotResource: oneOrMore(repositoryPatterns.map(arn)) }),
    Condition: { StringEquals: { "aws:ResourceAccount": accountId } },
  };
}

/**
 * Denies a role pulling from its account in other Regions, where repositories of the same names can be anyone's.
 *
 * @param regions the Regions that it may pull from
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export function regionBoundary(
  { partition, accountId }: { readonly partition: string; readonly accountId: string },
  regions: readonly string[],
): Statement {
  return {
    Sid: "NoOtherRegions",
    Effect: "Deny",
    Action: pullActions,
    Resource: `arn:${partition}:ecr:*:${accountId}:repository/*`,
    Condition: {
      StringEquals: { "aws:ResourceAccount": accountId },
      StringNotEquals: { "aws:RequestedRegion": regions.toSorted() },
    },
  };
}

const pullActions = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:BatchImportUpstreamImage",
  "ecr:GetDownloadUrlForLayer",
];
