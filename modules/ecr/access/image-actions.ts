/**
 * Actions on the repository that every principal needs to pull.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEC2ContainerRegistryPullOnly.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export const pullActions = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] as const;

/**
 * Actions on the repository that every principal needs to push. They read manifests, but no layers.
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

/**
 * Action to log in to a registry. It does not apply to repositories, so only an identity-based policy on `*` can allow
 * it.
 */
export const loginAction = "ecr:GetAuthorizationToken";
