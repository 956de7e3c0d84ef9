import type { Statement } from "../../../modules/iam/policy-document";

/**
 * AWS's policies for EKS Auto Mode, as AWS publishes them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html
 */
export const autoModePolicies: Readonly<Record<string, readonly Statement[]>> = {
  AmazonEKSComputePolicy: [
    {
      Sid: "AmazonEKSComputePolicy1",
      Effect: "Allow",
      Action: ["ec2:CreateFleet", "ec2:RunInstances"],
      Resource: [
        "arn:aws:ec2:*:*:placement-group/*",
        "arn:aws:ec2:*:*:capacity-reservation/*",
        "arn:aws:ec2:*::image/*",
        "arn:aws:ec2:*:*:security-group/*",
        "arn:aws:ec2:*:*:subnet/*",
      ],
    },
    {
      Sid: "AmazonEKSComputePolicy2",
      Effect: "Allow",
      Action: ["ec2:CreateFleet", "ec2:RunInstances"],
      Resource: "arn:aws:ec2:*:*:launch-template/*",
      Condition: {
        StringEquals: { "aws:ResourceTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
    {
      Sid: "AmazonEKSComputePolicy3",
      Effect: "Allow",
      Action: ["ec2:CreateFleet", "ec2:RunInstances", "ec2:CreateLaunchTemplate"],
      Resource: "*",
      Condition: {
        "ForAllValues:StringLike": {
          "aws:TagKeys": [
            "eks:eks-cluster-name",
            "eks:kubernetes-node-class-name",
            "eks:kubernetes-node-pool-name",
            "kubernetes.io/cluster/*",
          ],
        },
        StringEquals: { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
        StringLike: {
          "aws:RequestTag/eks:kubernetes-node-class-name": "*",
          "aws:RequestTag/eks:kubernetes-node-pool-name": "*",
        },
      },
    },
    {
      Sid: "AmazonEKSComputePolicy4",
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: "*",
      Condition: {
        StringEquals: { "ec2:CreateAction": ["CreateFleet", "RunInstances", "CreateLaunchTemplate"] },
      },
    },
    {
      Sid: "AmazonEKSComputePolicy5",
      Effect: "Allow",
      Action: ["iam:AddRoleToInstanceProfile"],
      Resource: "arn:aws:iam::*:instance-profile/eks*",
    },
    {
      Sid: "AmazonEKSComputePolicy6",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: "*",
      Condition: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    },
    {
      Sid: "AmazonEKSComputePolicy7",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: ["arn:aws:iam::*:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"],
      Condition: { StringEquals: { "iam:AWSServiceName": "spot.amazonaws.com" } },
    },
  ],
  AmazonEKSNetworkingPolicy: [
    {
      Sid: "AmazonEKSNetworkingPolicy1",
      Effect: "Allow",
      Action: ["ec2:CreateNetworkInterface"],
      Resource: "*",
      Condition: {
        "ForAllValues:StringEquals": {
          "aws:TagKeys": ["eks:eks-cluster-name", "eks:kubernetes-cni-node-name"],
        },
        StringEquals: { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
        StringLike: { "aws:RequestTag/eks:kubernetes-cni-node-name": "*" },
      },
    },
    {
      Sid: "AmazonEKSNetworkingPolicy2",
      Effect: "Allow",
      Action: ["ec2:CreateNetworkInterface"],
      Resource: ["arn:aws:ec2:*:*:security-group/*", "arn:aws:ec2:*:*:subnet/*"],
    },
    {
      Sid: "AmazonEKSNetworkingPolicy3",
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: "*",
      Condition: { StringEquals: { "ec2:CreateAction": "CreateNetworkInterface" } },
    },
    {
      Sid: "AmazonEKSNetworkingPolicy4",
      Effect: "Allow",
      Action: [
        "ec2:AttachNetworkInterface",
        "ec2:DetachNetworkInterface",
        "ec2:UnassignPrivateIpAddresses",
        "ec2:UnassignIpv6Addresses",
        "ec2:AssignPrivateIpAddresses",
        "ec2:AssignIpv6Addresses",
      ],
      Resource: "*",
      Condition: {
        StringEquals: { "aws:ResourceTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
    {
      Sid: "AmazonEKSNetworkingPolicy5",
      Effect: "Allow",
      Action: ["ec2:ModifyNetworkInterfaceAttribute"],
      Resource: ["arn:aws:ec2:*:*:network-interface/*", "arn:aws:ec2:*:*:instance/*"],
      Condition: {
        StringEquals: { "aws:ResourceTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
  ],
  AmazonEKSBlockStoragePolicy: [
    {
      Sid: "AmazonEKSBlockStoragePolicy1",
      Effect: "Allow",
      Action: ["ec2:AttachVolume", "ec2:DetachVolume", "ec2:ModifyVolume", "ec2:EnableFastSnapshotRestores"],
      Resource: "*",
      Condition: {
        StringEquals: { "aws:ResourceTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
    {
      Sid: "AmazonEKSBlockStoragePolicy2",
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: "*",
      Condition: { StringEquals: { "ec2:CreateAction": ["CreateVolume", "CreateSnapshot"] } },
    },
    {
      Sid: "AmazonEKSBlockStoragePolicy3",
      Effect: "Allow",
      Action: ["ec2:CreateVolume"],
      Resource: "arn:aws:ec2:*:*:volume/*",
      Condition: {
        "ForAllValues:StringLike": {
          "aws:TagKeys": [
            "eks:eks-cluster-name",
            "CSIVolumeName",
            "ebs.csi.eks.amazonaws.com/cluster",
            "kubernetes.io/cluster/*",
            "kubernetes.io/created-for/*",
            "Name",
            "KubernetesCluster",
          ],
        },
        StringEquals: { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
    {
      Sid: "AmazonEKSBlockStoragePolicy4",
      Effect: "Allow",
      Action: ["ec2:CreateVolume"],
      Resource: "arn:aws:ec2:*:*:snapshot/*",
    },
    {
      Sid: "AmazonEKSBlockStoragePolicy5",
      Effect: "Allow",
      Action: ["ec2:CreateSnapshot"],
      Resource: "arn:aws:ec2:*:*:volume/*",
    },
    {
      Sid: "AmazonEKSBlockStoragePolicy6",
      Effect: "Allow",
      Action: ["ec2:CreateSnapshot"],
      Resource: "arn:aws:ec2:*:*:snapshot/*",
      Condition: {
        "ForAllValues:StringLike": {
          "aws:TagKeys": [
            "eks:eks-cluster-name",
            "CSIVolumeSnapshotName",
            "ebs.csi.eks.amazonaws.com/cluster",
            "kubernetes.io/cluster/*",
            "Name",
          ],
        },
        StringEquals: { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
  ],
  AmazonEKSLoadBalancingPolicy: [
    {
      Sid: "AmazonEKSLoadBalancingPolicy1",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateRule",
        "ec2:CreateSecurityGroup",
      ],
      Resource: "*",
      Condition: {
        "ForAllValues:StringEquals": {
          "aws:TagKeys": [
            "eks:eks-cluster-name",
            "ingress.eks.amazonaws.com/stack",
            "ingress.eks.amazonaws.com/resource",
            "service.eks.amazonaws.com/stack",
            "service.eks.amazonaws.com/resource",
          ],
        },
        StringEquals: { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy2",
      Effect: "Allow",
      Action: ["ec2:CreateSecurityGroup"],
      Resource: "arn:aws:ec2:*:*:vpc/*",
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy3",
      Effect: "Allow",
      Action: ["elasticloadbalancing:RegisterTargets"],
      Resource: "arn:aws:elasticloadbalancing:*:*:targetgroup/*/*",
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy4",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress"],
      Resource: "arn:aws:ec2:*:*:security-group-rule/*",
      Condition: {
        StringEquals: { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy5",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: "arn:aws:ec2:*:*:security-group/*",
      Condition: { StringLike: { "aws:ResourceTag/Name": "eks-cluster-sg*" } },
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy6",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: "arn:aws:ec2:*:*:security-group/*",
      Condition: {
        StringEquals: { "aws:ResourceTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy7",
      Effect: "Allow",
      Action: ["elasticloadbalancing:AddTags"],
      Resource: "*",
      Condition: {
        StringEquals: {
          "elasticloadbalancing:CreateAction": [
            "CreateLoadBalancer",
            "CreateTargetGroup",
            "CreateListener",
            "CreateRule",
          ],
        },
      },
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy8",
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: "*",
      Condition: {
        StringEquals: { "ec2:CreateAction": ["CreateSecurityGroup", "AuthorizeSecurityGroupIngress"] },
      },
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy9",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:ModifyIpPools",
        "elasticloadbalancing:ModifyCapacityReservation",
        "elasticloadbalancing:DescribeLoadBalancers",
      ],
      Resource: "*",
      Condition: {
        StringEquals: { "aws:ResourceTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy10",
      Effect: "Allow",
      Action: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"],
      Resource: ["arn:aws:wafv2:*:*:*/webacl/*/*", "arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*/*"],
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy11",
      Effect: "Allow",
      Action: ["shield:CreateProtection", "shield:DeleteProtection"],
      Resource: "*",
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy12",
      Effect: "Allow",
      Action: ["shield:TagResource"],
      Resource: "arn:aws:shield::*:protection/*",
      Condition: {
        "ForAllValues:StringEquals": {
          "aws:TagKeys": [
            "eks:eks-cluster-name",
            "ingress.eks.amazonaws.com/stack",
            "ingress.eks.amazonaws.com/resource",
            "service.eks.amazonaws.com/stack",
            "service.eks.amazonaws.com/resource",
          ],
        },
        StringEquals: { "aws:RequestTag/eks:eks-cluster-name": "${aws:PrincipalTag/eks:eks-cluster-name}" },
      },
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy13",
      Effect: "Allow",
      Action: [
        "cognito-idp:DescribeUserPoolClient",
        "acm:ListCertificates",
        "acm:DescribeCertificate",
        "wafv2:GetWebACL",
        "wafv2:GetWebACLForResource",
        "elasticloadbalancing:SetWebAcl",
        "elasticloadbalancing:DescribeTargetGroups",
      ],
      Resource: "*",
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy14",
      Effect: "Allow",
      Action: [
        "ec2:DescribeAccountAttributes",
        "ec2:DescribeAddresses",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "ec2:DescribeVpcClassicLink",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeClassicLinkInstances",
        "ec2:DescribeRouteTables",
        "ec2:DescribeCoipPools",
        "ec2:GetCoipPoolUsage",
        "ec2:GetSecurityGroupsForVpc",
        "ec2:DescribeVpcPeeringConnections",
      ],
      Resource: "*",
    },
    {
      Sid: "AmazonEKSLoadBalancingPolicy15",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource:
        "arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
  ],
  AmazonEKSWorkerNodeMinimalPolicy: [
    {
      Sid: "WorkerNodePermissions",
      Effect: "Allow",
      Action: ["eks-auth:AssumeRoleForPodIdentity"],
      Resource: "*",
    },
  ],
};
