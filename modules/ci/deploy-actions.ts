/** Actions on the repositories of an environment. No image can be pushed with these. */
export const repositoryActions = [
  "ecr:*LifecyclePolicy",
  "ecr:*RepositoryPolicy",
  "ecr:BatchGetImage",
  "ecr:CreateRepository",
  "ecr:DeleteRepository",
  "ecr:GetDownloadUrlForLayer",
  "ecr:PutImageScanningConfiguration",
  "ecr:PutImageTagMutability",
  "ecr:TagResource",
  "ecr:UntagResource",
];

/** Settings that AWS keeps once for each account and Region. */
export const registryActions = [
  "ecr:*PullThroughCacheRule",
  "ecr:*RegistryPolicy",
  "ecr:*RepositoryCreationTemplate",
  "ecr:PutAccountSetting",
  "ecr:PutRegistryScanningConfiguration",
  "ecr:PutReplicationConfiguration",
  "inspector2:Enable",
  "inspector2:ListAccountPermissions",
];

/** Actions on keys that have the tags of the environment. */
export const keyActions = [
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DisableKeyRotation",
  "kms:EnableKeyRotation",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

/** What services do with a key for whoever makes a resource. No value of a secret can be read without GetSecretValue. */
export const keyUseActions = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey*",
  "kms:RetireGrant",
];

export const secretActions = [
  "secretsmanager:*ResourcePolicy",
  "secretsmanager:CreateSecret",
  "secretsmanager:DeleteSecret",
  "secretsmanager:RestoreSecret",
  "secretsmanager:TagResource",
  "secretsmanager:UntagResource",
  "secretsmanager:UpdateSecret",
];

export const logActions = [
  "logs:*KmsKey",
  "logs:*LogGroup",
  "logs:*MetricFilter",
  "logs:*RetentionPolicy",
  "logs:TagResource",
  "logs:UntagResource",
];

/** What has no tags yet or cannot be told by them: what is made, tasks, scaling, and interfaces that services leave behind. */
export const untaggedActions = [
  "application-autoscaling:*",
  "ec2:AllocateAddress",
  "ec2:CreateFlowLogs",
  "ec2:CreateInternetGateway",
  "ec2:CreateNatGateway",
  "ec2:CreateRouteTable",
  "ec2:CreateSecurityGroup",
  "ec2:CreateSubnet",
  "ec2:CreateVpc",
  "ec2:CreateVpcEndpoint",
  // Those of functions in a VPC, which Lambda makes without tags and gives back late.
  "ec2:DeleteNetworkInterface",
  "ec2:DetachNetworkInterface",
  "ec2:DisassociateAddress",
  // An endpoint in a network that was there has subnets and route tables without tags of the environment.
  "ec2:ModifyVpcEndpoint",
  "ecs:CreateCluster",
  "ecs:DeregisterTaskDefinition",
  "ecs:RegisterTaskDefinition",
];

/** What changes or deletes parts of networks, balancing and nodes, each of which has the tags of the environment. */
export const taggedActions = [
  "ec2:AssociateRouteTable",
  "ec2:AttachInternetGateway",
  "ec2:AuthorizeSecurityGroup*",
  "ec2:CreateLaunchTemplateVersion",
  "ec2:CreateRoute",
  "ec2:CreateTags",
  "ec2:DeleteFlowLogs",
  "ec2:DeleteInternetGateway",
  "ec2:DeleteLaunchTemplate*",
  "ec2:DeleteNatGateway",
  "ec2:DeleteRoute*",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteSubnet",
  "ec2:DeleteTags",
  "ec2:DeleteVpc",
  "ec2:DeleteVpcEndpoints",
  "ec2:DetachInternetGateway",
  "ec2:DisassociateRouteTable",
  "ec2:ModifyLaunchTemplate",
  "ec2:ModifySecurityGroupRules",
  "ec2:ModifySubnetAttribute",
  "ec2:ModifyVpcAttribute",
  "ec2:ReleaseAddress",
  "ec2:ReplaceRoute*",
  "ec2:RevokeSecurityGroup*",
  "ec2:UpdateSecurityGroupRuleDescriptions*",
  "elasticloadbalancing:*",
];

/** What must have the tags of the environment from its first moment. */
export const tagOnCreateActions = [
  "ec2:CreateLaunchTemplate",
  "elasticloadbalancing:CreateLoadBalancer",
  "elasticloadbalancing:CreateTargetGroup",
];

/** Calls of EC2 that give what they make its tags. */
export const createActions = [
  "AllocateAddress",
  "AuthorizeSecurityGroupEgress",
  "AuthorizeSecurityGroupIngress",
  "CreateFlowLogs",
  "CreateInternetGateway",
  "CreateLaunchTemplate",
  "CreateNatGateway",
  "CreateRouteTable",
  "CreateSecurityGroup",
  "CreateSubnet",
  "CreateVpc",
  "CreateVpcEndpoint",
  "RunInstances",
];

/** Actions for which AWS does not say which boundary a role has. Its path tells whose it is. */
export const roleActions = [
  "iam:DeleteRole",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

/**
 * What changes the policies of a role, so that AWS must see the boundary on it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const boundedRoleActions = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
];
