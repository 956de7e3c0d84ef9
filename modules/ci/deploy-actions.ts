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
export const keyUses = [
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

/** What AWS cannot tell by a name of the environment: networks, balancing, scaling, and what has no name yet. */
export const namelessActions = [
  "application-autoscaling:*",
  "ec2:*Address",
  "ec2:*FlowLogs",
  "ec2:*InternetGateway",
  "ec2:*LaunchTemplate*",
  "ec2:*NatGateway",
  "ec2:*NetworkAcl*",
  "ec2:*Route",
  "ec2:*RouteTable",
  "ec2:*SecurityGroup*",
  "ec2:*Subnet*",
  "ec2:*Vpc*",
  "ec2:CreateTags",
  "ec2:DeleteTags",
  "ec2:ReplaceRouteTableAssociation",
  "ecs:CreateCluster",
  "ecs:DeregisterTaskDefinition",
  "ecs:RegisterTaskDefinition",
  "elasticloadbalancing:*",
];

export const roleActions = [
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

/** What could make a role mightier, so that AWS must see the boundary on it. */
export const boundedRoleActions = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
];

/** Everything that changes a role or makes use of it. */
export const roleChanges = [
  "iam:Attach*",
  "iam:Create*",
  "iam:Delete*",
  "iam:Detach*",
  "iam:PassRole",
  "iam:Put*",
  "iam:Tag*",
  "iam:Untag*",
  "iam:Update*",
];
