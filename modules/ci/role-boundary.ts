import { serviceDomain } from "../iam/aws-partition";
import { allow, type Statement } from "../iam/policy-document";
import { interfaceActions } from "../lambda/execution-policy";
import { clusterBoundary } from "./cluster-boundary";
import type { ManagedEnvironment } from "./plan-permission";

/** What the roles of an environment need at most. */
export interface RoleNeeds {
  /** Bucket that holds the states of Terraform. */
  readonly bucket: string;
  /** Whether there is an EKS cluster, whose roles have policies of AWS. */
  readonly cluster: boolean;
  /** Actions that the code of workloads may have besides, on any resource, e.g. `s3:GetObject`. */
  readonly workloadActions: readonly string[];
}

/** Characters that the longest names leave to `workloadActions` of the 6,144 that IAM takes, as JSON. */
export const maxWorkloadLength = 1_400;

/**
 * The most that a role made by a pipeline can do, whatever policy it is given: what this project's own roles do, and
 * `workloadActions`. No role can take on or pass another one, or read secrets and logs of other environments.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function roleBoundary(managed: ManagedEnvironment, needs: RoleNeeds): Statement[] {
  const { partition, accountId, region, namePrefix } = managed;
  const { bucket, cluster, workloadActions } = needs;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  // The key of images may be one of another account.
  const keys = `arn:${partition}:kms:${region}:*:key/*`;
  const states = `arn:${partition}:s3:::${bucket}`;
  return [
    allow("LogIn", ["ecr:GetAuthorizationToken"], "*"),
    allow("Images", imageActions, arn("ecr", `repository/${namePrefix}-*`)),
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
          "kms:ViaService": keyedServices.map((service) => `${service}.${region}.${serviceDomain(region)}`),
        },
      },
    ),
    allow("DescribeKeys", ["kms:DescribeKey"], keys),
    // Functions in a VPC and nodes have network interfaces, which AWS knows by no name.
    allow("NetworkInterfaces", interfaceActions, "*", { StringEquals: { "aws:RequestedRegion": region } }),
    ...(cluster ? clusterBoundary(managed) : []),
    ...(workloadActions.length > 0 ? [allow("Workloads", workloadActions.toSorted(), "*")] : []),
    { Sid: "NoStates", Effect: "Deny", Action: ["s3:*"], Resource: [states, `${states}/*`] },
  ];
}

/** To pull, to import into caches, and to make the repositories of caches. */
const imageActions = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:BatchImportUpstreamImage",
  "ecr:CreateRepository",
  "ecr:GetDownloadUrlForLayer",
  "ecr:ReplicateImage",
  "ecr:TagResource",
];

/** Services that use keys for whoever calls them. Most are of use with `workloadActions` only. */
const keyedServices = ["dynamodb", "ecr", "lambda", "s3", "secretsmanager", "sns", "sqs"];
