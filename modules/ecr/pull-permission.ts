import type { Statement } from "../policy-document";

/** What a puller needs on a repository. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html */
export const pullActions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/**
 * What a role needs to pull from repositories of its own account. The token is one for the whole registry, so AWS takes
 * it on `*` only.
 *
 * @param repositoryArns ARNs of repositories; `*` stands for any text
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export function pullPermission(repositoryArns: readonly string[]): Statement[] {
  return [
    { Sid: "GetToken", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
    { Sid: "PullImages", Effect: "Allow", Action: pullActions, Resource: repositoryArns },
  ];
}
