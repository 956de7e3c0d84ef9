import { serviceDomain } from "../iam/aws-partition";
import { allow, oneOrMore, type Statement } from "../iam/policy-document";
import { viaService } from "../iam/via-service";
import {
  boundedRoleActions,
  keyActions,
  keyUseActions,
  logActions,
  namedActions,
  registryActions,
  repositoryActions,
  roleActions,
  secretActions,
} from "./deploy-actions";
import { firstTags, tagCondition } from "./environment-tags";
import { type ManagedEnvironment, planPermission } from "./plan-permission";
import { scalingPermission } from "./scaling-permission";

/** Services that the environment's roles are passed to. */
const passedToServices = [
  "ec2",
  "ecr",
  "ecs-tasks",
  "eks",
  "eks-fargate-pods",
  "events",
  "lambda",
  "pullthroughcache.ecr",
  "vpc-flow-logs",
];

/** Resources that deploying needs besides those with the environment's names and tags. */
export interface DeployPermissionOptions {
  /** ARN of the permissions boundary of the environment's roles. */
  readonly boundaryArn: string;
  /** ARN of an existing KMS key that encrypts images. @default - none */
  readonly imageKeyArn?: string | undefined;
  /** Whether the settings of the registry are deployed too: scanning, replication, the policy and account settings. @default true */
  readonly ownsRegistry?: boolean;
  /** Whether pods of an EKS cluster have roles. @default false */
  readonly podIdentity?: boolean;
  /** Whether ECS gets a role to shift the traffic of load balancers. @default false */
  readonly shiftsTraffic?: boolean;
}

/**
 * Permissions to deploy an environment except its networks and clusters, and to read everything that a plan reads.
 * Where IAM can restrict by name, only the environment's names are allowed. KMS keys are restricted by their tags.
 * Registry settings, which AWS keeps once per account and Region, can be restricted by neither, so these permissions
 * cover the whole account.
 *
 * Roles are restricted by their path. Their policies can be changed only while the role has the permissions boundary.
 * Pipeline roles, the boundary itself and identity providers cannot be changed at all: otherwise the deploy role could
 * grant itself any permission in the account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function deployPermission(
  managed: ManagedEnvironment,
  {
    boundaryArn,
    imageKeyArn,
    ownsRegistry = true,
    podIdentity = false,
    shiftsTraffic = false,
  }: DeployPermissionOptions,
): Statement[] {
  const { partition, accountId, region, namePrefix, repositoryPatterns, project, environment } = managed;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const repositories = oneOrMore(repositoryPatterns.map((name) => arn("ecr", `repository/${name}`)));
  const roles = `arn:${partition}:iam::${accountId}:role/${project}/${environment}/*`;
  const requested = tagCondition(managed, "Request");
  const tagged = tagCondition(managed, "Resource");
  const via = (...services: string[]) => ({
    "kms:ViaService": services.map((service) => viaService(service, region)),
  });
  return [
    ...planPermission(managed),
    ...(repositoryPatterns.length === 0 ? [] : [allow("Repositories", repositoryActions, repositories)]),
    allow(
      "AccountWide",
      [
        ...(ownsRegistry ? registryActions : namedActions),
        "logs:DeleteResourcePolicy",
        "logs:PutResourcePolicy",
      ],
      "*",
    ),
    allow("NewKeys", ["kms:CreateKey"], "*", requested),
    allow("TagNewKeys", ["kms:TagResource"], "*", firstTags(managed)),
    allow("Keys", keyActions, arn("kms", "key/*"), tagged),
    allow("KeyAliases", ["kms:*Alias"], arn("kms", `alias/${namePrefix}-*`)),
    allow("UseKeys", keyUseActions, arn("kms", "key/*"), {
      StringEquals: {
        ...tagged.StringEquals,
        ...via("ecr", "eks", "lambda", "secretsmanager", "sns", "sqs"),
      },
    }),
    ...(imageKeyArn === undefined
      ? []
      : [allow("UseImageKey", keyUseActions, imageKeyArn, { StringEquals: via("ecr") })]),
    allow("Secrets", secretActions, [
      arn("secretsmanager", `secret:${namePrefix}/*`),
      arn("secretsmanager", `secret:ecr-pullthroughcache/${namePrefix}-*`),
    ]),
    allow("LogGroups", logActions, [
      arn("logs", `log-group:/*/${namePrefix}-*`),
      arn("logs", `log-group:/*/${namePrefix}/*`),
    ]),
    allow(
      "Named",
      ["cloudwatch:*", "events:*", "lambda:*", "sns:*", "sqs:*"],
      [
        `arn:${partition}:cloudwatch::${accountId}:dashboard/${namePrefix}-*`,
        arn("events", `rule/${namePrefix}-*`),
        arn("lambda", `function:${namePrefix}-*`),
        arn("sns", `${namePrefix}-*`),
        arn("sqs", `${namePrefix}-*`),
      ],
    ),
    ...scalingPermission(managed),
    allow("Roles", roleActions, roles),
    allow("RolesWithBoundary", boundedRoleActions, roles, {
      StringEquals: { "iam:PermissionsBoundary": boundaryArn },
    }),
    allow("PassRoles", ["iam:PassRole"], roles, {
      StringEquals: {
        "iam:PassedToService": [
          ...[...passedToServices, ...(shiftsTraffic ? ["ecs"] : [])].map(
            (service) => `${service}.amazonaws.com`,
          ),
          ...(podIdentity ? ["pods.eks.amazonaws.com"] : []),
          ...(serviceDomain(region) === "amazonaws.com" ? [] : [`ec2.${serviceDomain(region)}`]),
        ],
      },
    }),
    allow(
      "ServiceLinkedRoles",
      ["iam:CreateServiceLinkedRole"],
      [`arn:${partition}:iam::${accountId}:role/aws-service-role/*`],
    ),
  ];
}
