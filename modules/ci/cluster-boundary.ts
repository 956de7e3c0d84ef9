import type { Statement } from "../iam/policy-document";
import type { ManagedEnvironment } from "./plan-permission";

/**
 * What the policies that AWS demands of the roles of an EKS cluster need, within the boundary of an environment's
 * roles: AmazonEKSClusterPolicy, AmazonEKSWorkerNodePolicy, AmazonEKS_CNI_Policy, AmazonEC2ContainerRegistryPullOnly and
 * AmazonEKSFargatePodExecutionRolePolicy. Three of their permissions are narrowed to the environment: instances that
 * are changed have its tags, credentials of pods are for its cluster, and images of its own account have its names.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-iam-awsmanpol.html
 */
export function clusterBoundary(managed: ManagedEnvironment): Statement[] {
  const { partition, accountId, region, namePrefix, project, environment } = managed;
  const inRegion = { StringEquals: { "aws:RequestedRegion": region } };
  const cluster = `arn:${partition}:eks:${region}:${accountId}:cluster/${namePrefix}`;
  return [
    { Sid: "RunCluster", Effect: "Allow", Action: clusterActions, Resource: "*", Condition: inRegion },
    {
      Sid: "ChangeNodes",
      Effect: "Allow",
      Action: ["ec2:ModifyInstanceAttribute"],
      Resource: "*",
      Condition: {
        StringEquals: { "aws:ResourceTag/Project": project, "aws:ResourceTag/Environment": environment },
      },
    },
    {
      Sid: "JoinCluster",
      Effect: "Allow",
      Action: ["eks-auth:AssumeRoleForPodIdentity", "eks:DescribeCluster"],
      Resource: cluster,
    },
    {
      // The images of add-ons are in accounts of AWS, which differ by Region.
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
