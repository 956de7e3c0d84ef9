import { allow, type Statement } from "../iam/policy-document";
import { createActions, taggedActions, tagOnCreateActions, untaggedActions } from "./deploy-actions";
import { firstTags, tagCondition } from "./environment-tags";
import type { ManagedEnvironment } from "./plan-permission";
import { publicRepositoryPermission } from "./public-repository-permission";

/**
 * Permissions to deploy networks, load balancers and clusters, in a separate policy because a single one would be too
 * long. Clusters and their resources are restricted by name; networks, load balancers and launch templates by the
 * environment's tags. Creating untagged resources, scaling, and deleting network interfaces that Lambda leaves behind
 * can be restricted by neither, so these permissions cover the whole account in the environment's Region.
 *
 * Public repositories are here too: the other policy has no room for them.
 */
export function networkPermission(managed: ManagedEnvironment): Statement[] {
  const { partition, accountId, region, namePrefix } = managed;
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  const tagged = tagCondition(managed, "Resource");
  return [
    allow(
      "Clusters",
      ["ecs:*", "eks:*"],
      [
        arn("ecs", `cluster/${namePrefix}`),
        arn("ecs", `task-definition/${namePrefix}-*`),
        ...["service", "service-deployment", "service-revision", "task"].map((kind) =>
          arn("ecs", `${kind}/${namePrefix}/*`),
        ),
        arn("eks", `cluster/${namePrefix}`),
        ...["access-entry", "addon", "fargateprofile", "nodegroup", "podidentityassociation"].map((kind) =>
          arn("eks", `${kind}/${namePrefix}/*`),
        ),
      ],
    ),
    // EKS has no resource type for it. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html
    allow("NewCluster", ["eks:CreateCluster"], "*", tagCondition(managed, "Request")),
    allow("Nameless", untaggedActions, "*", {
      StringEquals: { "aws:RequestedRegion": region },
    }),
    allow("Tagged", taggedActions, "*", tagged),
    allow("TaggedAtOnce", tagOnCreateActions, "*", tagCondition(managed, "Request")),
    allow("NewRules", ["ec2:AuthorizeSecurityGroup*"], arn("ec2", "security-group-rule/*")),
    allow("TagNew", ["ec2:CreateTags"], arn("ec2", "*/*"), {
      StringEquals: { "ec2:CreateAction": createActions },
    }),
    allow("TagNewBalancing", ["elasticloadbalancing:AddTags"], "*", {
      StringLike: { "elasticloadbalancing:CreateAction": "Create*" },
    }),
    // AWS creates the default security group of a VPC without tags.
    allow("TagDefaultGroup", ["ec2:CreateTags"], arn("ec2", "security-group/*"), firstTags(managed)),
    // EKS requires this of the caller that creates a node group with a launch template, and starts the instances
    // itself.
    allow("NodeTemplates", ["ec2:RunInstances"], arn("ec2", "launch-template/*"), tagged),
    allow(
      "Nodes",
      ["ec2:RunInstances"],
      [
        `arn:${partition}:ec2:${region}::image/*`,
        ...["instance", "network-interface", "security-group", "subnet", "volume"].map(
          (kind) => `arn:${partition}:ec2:${region}:*:${kind}/*`,
        ),
      ],
      { ArnLike: { "ec2:LaunchTemplate": arn("ec2", "launch-template/*") } },
    ),
    // EC2 requires this of the caller that creates an interface endpoint with private DNS. Route 53 is not regional.
    // The resource is the one in AWS's own policy for EKS.
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
    // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSServiceRolePolicy.html
    allow(
      "PrivateNames",
      ["route53:AssociateVPCWithHostedZone", "route53:DisassociateVPCFromHostedZone"],
      `arn:${partition}:route53:::hostedzone/*`,
    ),
    ...publicRepositoryPermission(managed, "write"),
  ];
}
