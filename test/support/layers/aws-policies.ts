import { allow, type Statement } from "../../../modules/iam/policy-document";
import { autoModePolicies } from "./auto-mode-policies";

const names = (service: string, text: string): string[] =>
  text
    .trim()
    .split(/\s+/)
    .map((action) => `${service}:${action}`);

/**
 * AWS's policies for roles of EKS, as AWS publishes them. AmazonEKSClusterPolicy as of version 9, February 2026.
 *
 * @see https://github.com/zoph-io/MAMIP/blob/master/policies/AmazonEKSClusterPolicy
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const awsPolicies: Readonly<Record<string, readonly Statement[]>> = {
  ...autoModePolicies,
  AmazonEKSClusterPolicy: [
    allow(
      "AmazonEKSClusterPolicy",
      [
        ...names("autoscaling", "DescribeAutoScalingGroups UpdateAutoScalingGroup"),
        ...names(
          "ec2",
          `AttachVolume AuthorizeSecurityGroupIngress CreateRoute CreateSecurityGroup CreateTags CreateVolume
          DeleteRoute DeleteSecurityGroup DeleteVolume DescribeInstances DescribeRouteTables DescribeSecurityGroups
          DescribeSubnets DescribeVolumes DescribeVolumesModifications DescribeVpcs DescribeDhcpOptions
          DescribeNetworkInterfaces DescribeAvailabilityZones DetachVolume ModifyInstanceAttribute ModifyVolume
          RevokeSecurityGroupIngress DescribeAccountAttributes DescribeAddresses DescribeInternetGateways
          DescribeInstanceTopology`,
        ),
        ...names(
          "elasticloadbalancing",
          `AddTags ApplySecurityGroupsToLoadBalancer AttachLoadBalancerToSubnets ConfigureHealthCheck CreateListener
          CreateLoadBalancer CreateLoadBalancerListeners CreateLoadBalancerPolicy CreateTargetGroup DeleteListener
          DeleteLoadBalancer DeleteLoadBalancerListeners DeleteTargetGroup DeregisterInstancesFromLoadBalancer
          DeregisterTargets DescribeListeners DescribeLoadBalancerAttributes DescribeLoadBalancerPolicies
          DescribeLoadBalancers DescribeTargetGroupAttributes DescribeTargetGroups DescribeTargetHealth
          DetachLoadBalancerFromSubnets ModifyListener ModifyLoadBalancerAttributes ModifyTargetGroup
          ModifyTargetGroupAttributes RegisterInstancesWithLoadBalancer RegisterTargets
          SetLoadBalancerPoliciesForBackendServer SetLoadBalancerPoliciesOfListener`,
        ),
        "kms:DescribeKey",
      ],
      "*",
    ),
    allow("AmazonEKSClusterPolicySLRCreate", ["iam:CreateServiceLinkedRole"], "*", {
      StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" },
    }),
    // Since version 9 of February 2026, so that the VPC CNI's interfaces do not stay behind.
    allow("AmazonEKSClusterPolicyENIDelete", ["ec2:DeleteNetworkInterface"], "*", {
      StringEquals: { "ec2:ResourceTag/eks:eni:owner": "amazon-vpc-cni" },
    }),
  ],
  AmazonEKSWorkerNodePolicy: [
    allow(
      "WorkerNodePermissions",
      [
        ...names(
          "ec2",
          `DescribeInstances DescribeInstanceTypes DescribeRouteTables DescribeSecurityGroups DescribeSubnets
          DescribeVolumes DescribeVolumesModifications DescribeVpcs`,
        ),
        "eks:DescribeCluster",
        "eks-auth:AssumeRoleForPodIdentity",
      ],
      "*",
    ),
  ],
  AmazonEKS_CNI_Policy: [
    allow(
      "AmazonEKSCNIPolicy",
      names(
        "ec2",
        `AssignPrivateIpAddresses AttachNetworkInterface CreateNetworkInterface DeleteNetworkInterface
        DescribeInstances DescribeTags DescribeNetworkInterfaces DescribeInstanceTypes DescribeSubnets
        DetachNetworkInterface ModifyNetworkInterfaceAttribute UnassignPrivateIpAddresses`,
      ),
      "*",
    ),
    allow("AmazonEKSCNIPolicyENITag", ["ec2:CreateTags"], "arn:aws:ec2:*:*:network-interface/*"),
  ],
  AmazonEC2ContainerRegistryPullOnly: [
    allow(
      "PullOnly",
      names("ecr", "GetAuthorizationToken BatchImportUpstreamImage BatchGetImage GetDownloadUrlForLayer"),
      "*",
    ),
  ],
  AmazonEKSFargatePodExecutionRolePolicy: [
    allow(
      "Pull",
      names("ecr", "GetAuthorizationToken BatchCheckLayerAvailability GetDownloadUrlForLayer BatchGetImage"),
      "*",
    ),
  ],
};
