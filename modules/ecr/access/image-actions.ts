/**
 * What every puller needs on the repository.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export const pullActions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] as const;

/**
 * What every pusher needs on the repository. It reads manifests and no layers.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export const pushActions = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
] as const;

/** The login to a registry. It is no action of a repository, so only an identity policy on `*` can allow it. */
export const loginAction = "ecr:GetAuthorizationToken";
