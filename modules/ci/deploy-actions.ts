/** Actions on the repositories of an environment. None of them can push an image. */
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

/** Actions that read the public repositories of an environment. */
export const publicRepositoryReads = ["ecr-public:Describe*", "ecr-public:Get*Data", "ecr-public:ListTags*"];

/**
 * Actions that create, describe and delete them. None of them can push an image. Wildcards keep the policy short.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistrypublic.html
 */
export const publicRepositoryActions = [
  "ecr-public:*Repository",
  "ecr-public:Put*Data",
  "ecr-public:TagResource",
  "ecr-public:UntagResource",
];

/**
 * Actions on registry settings, which AWS keeps once per account and Region. None of them has a resource type or a
 * condition key, so IAM cannot restrict them to some repositories, or replication to some destinations. Whoever may
 * replicate can copy every repository of the account and Region to any account that accepts it.
 *
 * Switching the registry between basic and enhanced scanning turns Amazon Inspector on and off.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-iam.html
 */
export const registryActions = [
  // Rules of pull-through caches, and pull-time update exclusions.
  "ecr:*Pull*",
  "ecr:*RegistryPolicy",
  "ecr:*RepositoryCreationTemplate",
  "ecr:PutAccountSetting",
  "ecr:PutRegistryScanningConfiguration",
  "ecr:PutReplicationConfiguration",
  "inspector2:Disable",
  "inspector2:Enable",
  "inspector2:ListAccountPermissions",
];

/**
 * Those of them on what AWS keeps by name, i.e. for each prefix or principal. A project needs no others if another one owns
 * the registry.
 */
export const namedActions = registryActions.filter((action) =>
  ["ecr:*Pull*", "ecr:*RepositoryCreationTemplate"].includes(action),
);

/** Actions on KMS keys that have the environment's tags. */
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

/**
 * What AWS services do with a key on behalf of the caller that creates a resource. None of them reads a secret value,
 * which also needs GetSecretValue.
 */
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

/**
 * Actions on resources that have no tags yet or cannot be identified by tags: creating resources, ECS tasks, scaling,
 * SNS subscriptions, and network interfaces that services leave behind.
 */
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
  // Lambda creates the network interfaces of functions in a VPC without tags, and releases them late.
  "ec2:DeleteNetworkInterface",
  "ec2:DetachNetworkInterface",
  "ec2:DisassociateAddress",
  // An endpoint in an existing VPC uses subnets and route tables without the environment's tags.
  "ec2:ModifyVpcEndpoint",
  "ecs:CreateCluster",
  "ecs:DeregisterTaskDefinition",
  "ecs:RegisterTaskDefinition",
  // A subscription has no ARN that a policy could name with certainty: until 2026, AWS listed no resource type for
  // these actions. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
  "sns:SetSubscriptionAttributes",
  "sns:Unsubscribe",
];

/**
 * Actions that change or delete network resources, load balancers and launch templates, all of which have the
 * environment's tags.
 */
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

/** Actions that create resources which must have the environment's tags from the start. */
export const tagOnCreateActions = [
  "ec2:CreateLaunchTemplate",
  "elasticloadbalancing:CreateLoadBalancer",
  "elasticloadbalancing:CreateTargetGroup",
];

/** EC2 calls that tag the resource they create: values of the condition key `ec2:CreateAction`. */
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

/**
 * Actions that do not support the condition key `iam:PermissionsBoundary`. The role's path identifies its environment.
 */
export const roleActions = [
  "iam:DeleteRole",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

/**
 * Actions on a role that support the condition key `iam:PermissionsBoundary`, so that the boundary can be required.
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
