import { serviceDomain } from "../aws-partition";
import type { Statement } from "../policy-document";
import {
  boundedRoleActions,
  keyActions,
  keyUses,
  logActions,
  namelessActions,
  registryActions,
  repositoryActions,
  roleActions,
  roleChanges,
  secretActions,
} from "./deploy-actions";
import { type ManagedPlace, planPermission } from "./plan-permission";

/** Services that are handed a role of the environment. */
const roleTakers = [
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

/**
 * What deploying an environment takes, besides what a plan reads. Where AWS judges by name, only names of the
 * environment are within reach; keys are told by their tags. Networks, load balancers' parts, scaling and what AWS
 * keeps once for a registry have no such names, so the whole account is within reach there.
 *
 * Roles can be made and changed only with the boundary, and roles of pipelines, the boundary and identity providers not
 * at all: otherwise who deploys could give himself any permission of the account.
 *
 * @param boundaryArn ARN of the permissions boundary of the environment's roles
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function deployPermission(place: ManagedPlace, boundaryArn: string): Statement[] {
  const { partition, accountId, region, namePrefix, project, environment } = place;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const role = `arn:${partition}:iam::${accountId}:role/${namePrefix}-`;
  const allow = (
    Sid: string,
    Action: readonly string[],
    Resource: string | readonly string[],
    Condition?: Statement["Condition"],
  ): Statement => ({ Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });
  const tags = (kind: "Request" | "Resource") => ({
    StringEquals: { [`aws:${kind}Tag/Project`]: project, [`aws:${kind}Tag/Environment`]: environment },
  });
  const via = ["ecr", "eks", "lambda", "secretsmanager", "sns", "sqs"];
  return [
    ...planPermission(place),
    allow("Repositories", repositoryActions, arn("ecr", `repository/${namePrefix}-*`)),
    allow("Registry", registryActions, "*"),
    allow("NewKeys", ["kms:CreateKey", "kms:TagResource"], "*", tags("Request")),
    allow("Keys", keyActions, arn("kms", "key/*"), tags("Resource")),
    allow(
      "KeyAliases",
      ["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
      [arn("kms", `alias/${namePrefix}-*`)],
    ),
    allow("UseKeys", keyUses, arn("kms", "key/*"), {
      StringEquals: {
        ...tags("Resource").StringEquals,
        "kms:ViaService": via.map((service) => `${service}.${region}.${serviceDomain(region)}`),
      },
    }),
    allow("Secrets", secretActions, [
      arn("secretsmanager", `secret:${namePrefix}/*`),
      arn("secretsmanager", `secret:ecr-pullthroughcache/${namePrefix}-*`),
    ]),
    allow("LogGroups", logActions, [
      arn("logs", `log-group:/*/${namePrefix}-*`),
      arn("logs", `log-group:/*/${namePrefix}/*`),
    ]),
    allow("LogPolicies", ["logs:DeleteResourcePolicy", "logs:PutResourcePolicy"], "*"),
    allow(
      "Named",
      ["cloudwatch:*", "ecs:*", "eks:*", "events:*", "lambda:*", "sns:*", "sqs:*"],
      [
        `arn:${partition}:cloudwatch::${accountId}:dashboard/${namePrefix}-*`,
        arn("cloudwatch", `alarm:${namePrefix}-*`),
        arn("ecs", `*/${namePrefix}*`),
        arn("eks", `*/${namePrefix}*`),
        arn("events", `rule/${namePrefix}-*`),
        arn("lambda", `function:${namePrefix}-*`),
        arn("sns", `${namePrefix}-*`),
        arn("sqs", `${namePrefix}-*`),
      ],
    ),
    allow("Nameless", namelessActions, "*", { StringEquals: { "aws:RequestedRegion": region } }),
    // EKS asks this of whoever makes a node group with a launch template, and starts the instances itself.
    allow("Nodes", ["ec2:RunInstances"], "*", {
      ArnLike: { "ec2:LaunchTemplate": arn("ec2", "launch-template/*") },
    }),
    allow("Roles", roleActions, `${role}*`),
    allow("RolesWithBoundary", boundedRoleActions, `${role}*`, {
      StringEquals: { "iam:PermissionsBoundary": boundaryArn },
    }),
    allow("PassRoles", ["iam:PassRole"], `${role}*`, {
      StringEquals: { "iam:PassedToService": roleTakers.map((service) => `${service}.amazonaws.com`) },
    }),
    allow(
      "ServiceLinkedRoles",
      ["iam:CreateServiceLinkedRole"],
      [`arn:${partition}:iam::${accountId}:role/aws-service-role/*`],
    ),
    {
      Sid: "NotPipelines",
      Effect: "Deny",
      Action: roleChanges,
      // Of all environments of the project: the names of one may begin like those of another in another Region.
      Resource: ["deploy", "plan", "push-*"].map(
        (purpose) => `arn:${partition}:iam::${accountId}:role/${project}-*-ci-${purpose}`,
      ),
    },
  ];
}
