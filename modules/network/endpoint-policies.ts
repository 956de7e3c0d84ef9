import { loginAction, pullActions } from "../ecr/access/image-actions";
import { cacheActions } from "../ecr/cache/cache-permission";
import type { AccountRegion } from "../iam/aws-partition";
import { oneOrMore, type Statement } from "../iam/policy-document";
import type { EndpointService } from "./endpoint-services";

/** Account and Region of the endpoints, and which images are pulled through them. */
export interface EndpointPolicyOptions extends AccountRegion {
  /**
   * Whether images in other accounts' registries are pulled too. EKS needs this: the images of its add-ons are in
   * registries of AWS accounts.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html
   */
  readonly pullsFromOtherAccounts: boolean;
  /** ARNs of repositories in the registries of other accounts, in this Region. @default - none */
  readonly otherRepositoryArns?: readonly string[];
  /** Whether sessions of ECS Exec are logged. @default false */
  readonly logsSessions?: boolean;
  /** ARNs of the repositories of pull-through caches. Empty: there are no caches. */
  readonly cacheArns: readonly string[];
}

/**
 * Statements of an endpoint policy. They grant no permissions; they keep everything else out, above all credentials and
 * resources of other accounts.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointStatements(service: EndpointService, options: EndpointPolicyOptions): Statement[] {
  return policies[service](options);
}

const policies: Readonly<Record<EndpointService, (options: EndpointPolicyOptions) => Statement[]>> = {
  "ecr.api": images,
  "ecr.dkr": images,
  s3: layersAndOwnBuckets,
  logs: (options) => [
    allow(
      options,
      "WriteLogs",
      [
        "logs:CreateLogStream",
        ...(options.logsSessions ? ["logs:DescribeLogGroups"] : []),
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
      ],
      arn(options, "logs", "log-group:*"),
    ),
  ],
  secretsmanager: (options) => [
    allow(
      options,
      "ReadSecrets",
      ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      arn(options, "secretsmanager", "secret:*"),
    ),
  ],
  kms: (options) => [
    allow(
      options,
      "UseKeys",
      ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*"],
      arn(options, "kms", "key/*"),
    ),
  ],
  sts: (options) => [
    // A caller with a web identity is not yet a principal of an account. The role identifies the account.
    {
      Sid: "TakeOwnRoles",
      Effect: "Allow",
      Principal: "*",
      Action: ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
      Resource: `arn:${options.partition}:iam::${options.accountId}:role/*`,
    },
    allow(options, "AskWhoIAm", ["sts:GetCallerIdentity"], "*"),
  ],
  ec2: (options) => [allow(options, "JoinCluster", clusterNetworkActions, "*")],
  // The Pod Identity agent on a node uses the node role.
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
  "eks-auth": (options) => [
    allow(
      options,
      "TakeRolesOfPods",
      ["eks-auth:AssumeRoleForPodIdentity"],
      arn(options, "eks", "cluster/*"),
    ),
  ],
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
  ssmmessages: (options) => [
    allow(
      options,
      "OpenSessions",
      [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      "*",
    ),
  ],
};

/**
 * EC2 actions that EKS nodes and the VPC CNI plugin call.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKS_CNI_Policy.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSWorkerNodePolicy.html
 */
const clusterNetworkActions = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:AttachNetworkInterface",
  "ec2:CreateNetworkInterface",
  "ec2:CreateTags",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVolumes",
  "ec2:DescribeVolumesModifications",
  "ec2:DescribeVpcs",
  "ec2:DetachNetworkInterface",
  "ec2:ModifyNetworkInterfaceAttribute",
  "ec2:UnassignPrivateIpAddresses",
];

/** A statement for principals of this account only. */
function allow(
  { accountId }: EndpointPolicyOptions,
  sid: string,
  actions: readonly string[],
  resource: string | readonly string[],
): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: "*",
    Action: actions,
    Resource: resource,
    Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
  };
}

function arn(
  { partition, region, accountId }: EndpointPolicyOptions,
  service: string,
  resource: string,
): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

function images(options: EndpointPolicyOptions): Statement[] {
  const { pullsFromOtherAccounts, otherRepositoryArns = [], cacheArns } = options;
  const registry = pullsFromOtherAccounts ? { ...options, accountId: "*" } : options;
  const others = pullsFromOtherAccounts ? [] : otherRepositoryArns;
  const repositories = [arn(registry, "ecr", "repository/*"), ...others];
  return [
    // The token is for the whole registry, so IAM supports this action on `*` only. Docker presents the token to
    // ecr.dkr.
    allow(options, "GetToken", [loginAction], "*"),
    allow(options, "PullImages", pullActions, oneOrMore(repositories)),
    ...(cacheArns.length > 0 ? [allow(options, "PullThroughCache", cacheActions, cacheArns)] : []),
  ];
}

/**
 * ECR returns a presigned URL of the Region's layer bucket, so that statement cannot require a principal. The gateway
 * endpoint carries all traffic of its route tables to S3, so without the second statement nothing there could reach a
 * bucket in this account.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
function layersAndOwnBuckets({ partition, region, accountId }: EndpointPolicyOptions): Statement[] {
  return [
    {
      Sid: "PullLayers",
      Effect: "Allow",
      Principal: "*",
      Action: ["s3:GetObject"],
      Resource: `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`,
    },
    {
      Sid: "UseOwnBuckets",
      Effect: "Allow",
      Principal: "*",
      Action: [
        "s3:AbortMultipartUpload",
        "s3:DeleteObject",
        "s3:GetBucketLocation",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:ListBucketMultipartUploads",
        "s3:ListMultipartUploadParts",
        "s3:PutObject",
      ],
      Resource: "*",
      Condition: { StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId } },
    },
  ];
}
