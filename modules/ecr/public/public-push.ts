import { allow, type Statement } from "../../iam/policy-document";

/**
 * Actions on a public repository to push to it. Everyone can pull, so nothing has to allow that.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/public/public-repository-policy-examples.html
 */
const pushActions = [
  "ecr-public:BatchCheckLayerAvailability",
  "ecr-public:CompleteLayerUpload",
  "ecr-public:InitiateLayerUpload",
  "ecr-public:PutImage",
  "ecr-public:UploadLayerPart",
];

/** Neither action has a resource type, so IAM supports them on `*` only. */
const loginActions = ["ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"];

/**
 * Statements with which a role logs in to the public registry and pushes.
 *
 * @param repositoryArns ARNs of public repositories
 * @returns no statement when there are no repositories
 * @see https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html
 */
export function publicPushStatements(repositoryArns: readonly string[]): Statement[] {
  if (repositoryArns.length === 0) return [];
  return [
    allow("LogInToPublicRegistry", loginActions, "*"),
    allow("PushPublicImages", pushActions, [...new Set(repositoryArns)].toSorted()),
  ];
}
