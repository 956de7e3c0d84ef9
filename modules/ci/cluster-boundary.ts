import { serviceDomain } from "../iam/aws-partition";
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

/** A cluster with EKS Auto Mode. */
interface AutoModeCluster {
  readonly region: string;
  readonly clusterName: string;
  /** ARN of the role of the nodes. */
  readonly nodeRoleArn: string;
}

/**
 * What the AWS managed policies of EKS Auto Mode need besides: AmazonEKSComputePolicy, AmazonEKSBlockStoragePolicy,
 * AmazonEKSLoadBalancingPolicy and AmazonEKSNetworkingPolicy. EKS tags its sessions with the name of the cluster, and passes
 * instances the role of the nodes only.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html
 */
export function autoModeBoundary({ region, clusterName, nodeRoleArn }: AutoModeCluster): Statement[] {
  const ofCluster = { "aws:PrincipalTag/eks:eks-cluster-name": clusterName };
  return [
    // Requests to IAM have another Region.
    {
      Sid: "AutoMode",
      Effect: "Allow",
      Action: autoModeActions,
      Resource: "*",
      Condition: { StringEquals: ofCluster },
    },
    {
      Sid: "AutoNodes",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: nodeRoleArn,
      Condition: { StringEquals: { "iam:PassedToService": `ec2.${serviceDomain(region)}` } },
    },
  ];
}

/** Without those of web application firewalls, Shield and Cognito, and of IPv6. */
const autoModeActions = [
  "acm:Describe*",
  "acm:List*",
  "ec2:CreateFleet",
  "ec2:CreateLaunchTemplate",
  "ec2:CreateSnapshot",
  "ec2:GetSecurityGroupsForVpc",
  "ec2:RunInstances",
  "iam:AddRoleToInstanceProfile",
];

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
