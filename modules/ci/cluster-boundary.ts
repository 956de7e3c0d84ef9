import type { Statement } from "../iam/policy-document";
import { tagCondition } from "./environment-tags";
import type { ManagedEnvironment } from "./plan-permission";

/**
 * What the AWS managed policies of EKS roles need inside the permissions boundary of an environment's roles:
 * AmazonEKSClusterPolicy, AmazonEKSWorkerNodePolicy, AmazonEKS_CNI_Policy, AmazonEC2ContainerRegistryPullOnly and
 * AmazonEKSFargatePodExecutionRolePolicy. Three permissions are scoped to the environment: only instances with its tags
 * can be modified, Pod Identity credentials are for its cluster, and images in its own account must have its name
 * prefix.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-iam-awsmanpol.html
 */
export function clusterBoundary(managed: ManagedEnvironment): Statement[] {
  const { partition, accountId, region, namePrefix } = managed;
  const inRegion = { StringEquals: { "aws:RequestedRegion": region } };
  const cluster = `arn:${partition}:eks:${region}:${accountId}:cluster/${namePrefix}`;
  return [
    { Sid: "RunCluster", Effect: "Allow", Action: clusterActions, Resource: "*", Condition: inRegion },
    {
      Sid: "ChangeNodes",
      Effect: "Allow",
      Action: ["ec2:ModifyInstanceAttribute"],
      Resource: "*",
      Condition: tagCondition(managed, "Resource"),
    },
    {
      Sid: "JoinCluster",
      Effect: "Allow",
      Action: ["eks-auth:AssumeRoleForPodIdentity", "eks:DescribeCluster"],
      Resource: cluster,
    },
    {
      // EKS add-on images are in registries of AWS accounts, which differ by Region.
      Sid: "ImagesOfOthers",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: "*",
      Condition: { StringNotEquals: { "aws:ResourceAccount": accountId } },
    },
    {
      Sid: "BalancingRole",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: "*",
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
  ];
}

const clusterActions = [
  "autoscaling:DescribeAutoScalingGroups",
  "autoscaling:UpdateAutoScalingGroup",
  "ec2:AttachNetworkInterface",
  "ec2:AttachVolume",
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:CreateRoute",
  "ec2:CreateSecurityGroup",
  "ec2:CreateTags",
  "ec2:CreateVolume",
  "ec2:DeleteRoute",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteVolume",
  "ec2:Describe*",
  "ec2:DetachNetworkInterface",
  "ec2:DetachVolume",
  "ec2:ModifyNetworkInterfaceAttribute",
  "ec2:ModifyVolume",
  "ec2:RevokeSecurityGroupIngress",
  "elasticloadbalancing:*",
];
