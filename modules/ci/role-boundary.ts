import { allow, oneOrMore, type Statement } from "../iam/policy-document";
import { viaService } from "../iam/via-service";
import { interfaceActions } from "../lambda/execution-policy";
import { clusterBoundary } from "./cluster-boundary";
import type { ManagedEnvironment } from "./plan-permission";

/** What the permissions boundary of an environment's roles must allow. */
export interface RoleNeeds {
  /** Bucket that stores the Terraform states. */
  readonly bucket: string;
  /** Whether there is an EKS cluster, whose roles have AWS managed policies. */
  readonly cluster: boolean;
  /** What roles may do outside the environment's names, e.g. to fill caches of other registries. @default - nothing */
  readonly further?: readonly Statement[];
  /** Further actions that workload code may be granted, on any resource, e.g. `s3:GetObject`. */
  readonly workloadActions: readonly string[];
}

/**
 * Maximum permissions of a role that a pipeline creates, whatever its policies allow: what this project's own roles
 * need, and `workloadActions`. The role cannot assume or pass another role, except that EKS passes the role of Auto Mode
 * nodes to EC2, or read secrets and logs of other
 * environments.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function roleBoundary(managed: ManagedEnvironment, needs: RoleNeeds): Statement[] {
  const { partition, accountId, region, namePrefix, repositoryPatterns } = managed;
  const { bucket, cluster, further = [], workloadActions } = needs;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const repositories = oneOrMore(repositoryPatterns.map((name) => arn("ecr", `repository/${name}`)));
  // The images' KMS key may be in another account.
  const keys = `arn:${partition}:kms:${region}:*:key/*`;
  const states = `arn:${partition}:s3:::${bucket}`;
  return [
    allow("LogIn", ["ecr:GetAuthorizationToken"], "*"),
    ...(repositoryPatterns.length === 0 ? [] : [allow("Images", imageActions, repositories)]),
    allow(
      "WriteLogs",
      ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      [arn("logs", `log-group:/*/${namePrefix}-*`), arn("logs", `log-group:/*/${namePrefix}/*`)],
    ),
    allow("FindLogGroups", ["logs:DescribeLogGroups"], arn("logs", "log-group:*")),
    allow("SendTraces", ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], "*"),
    allow("SendDeadLetters", ["sqs:SendMessage"], arn("sqs", `${namePrefix}-*`)),
    allow("ReadSecrets", ["secretsmanager:GetSecretValue"], arn("secretsmanager", `secret:${namePrefix}/*`)),
    allow(
      "UseKeys",
      ["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:RetireGrant"],
      keys,
      {
        StringEquals: {
          "kms:ViaService": keyedServices.map((service) => viaService(service, region)),
        },
      },
    ),
    allow("DescribeKeys", ["kms:DescribeKey", "kms:ListGrants"], keys),
    // Functions in a VPC and nodes need network interfaces, which have no names to restrict.
    allow("NetworkInterfaces", interfaceActions, "*", { StringEquals: { "aws:RequestedRegion": region } }),
    ...(cluster ? clusterBoundary(managed) : []),
    ...further,
    ...(workloadActions.length > 0 ? [allow("Workloads", workloadActions.toSorted(), "*")] : []),
    { Sid: "NoStates", Effect: "Deny", Action: ["s3:*"], Resource: [states, `${states}/*`] },
  ];
}

/** To pull images, to import them into pull-through caches, and to create the caches' repositories. */
const imageActions = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:BatchImportUpstreamImage",
  "ecr:CreateRepository",
  "ecr:GetDownloadUrlForLayer",
  "ecr:ReplicateImage",
  "ecr:TagResource",
];

/** Services that use KMS keys on behalf of the caller. Most matter only with `workloadActions`. */
const keyedServices = ["dynamodb", "ecr", "lambda", "s3", "secretsmanager", "sns", "sqs"];
