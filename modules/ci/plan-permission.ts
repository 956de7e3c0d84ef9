import type { Statement } from "../iam/policy-document";
import { viaService } from "../iam/via-service";

/** An environment that pipelines plan and deploy. */
export interface ManagedEnvironment {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** Prefix of all names in the environment except those of repositories, without a trailing hyphen, e.g. `myproject-dev`. */
  readonly namePrefix: string;
  /** Names of its repositories, e.g. `myproject-dev-*`. */
  readonly repositoryPatterns: readonly string[];
  readonly project: string;
  /** Name of the environment. */
  readonly environment: string;
  /** ARN patterns of its public repositories. @default - it has none */
  readonly publicRepositoryArns?: readonly string[];
  /** Names of the tags whose values are `project` and `environment`, e.g. `Project` and `Environment`. */
  readonly tagNames: { readonly project: string; readonly environment: string };
}

/**
 * What Terraform reads of this project's resources: their configuration, not their contents. None of these actions
 * reads an image, a log event, a message or a secret value.
 */
const configurationReads = [
  "acm:Describe*",
  "acm:List*",
  "application-autoscaling:Describe*",
  "application-autoscaling:List*",
  "cloudwatch:DescribeAlarms",
  "cloudwatch:GetDashboard",
  "cloudwatch:ListTagsForResource",
  "ec2:Describe*",
  "ecr:Describe*",
  "ecr:Get*Policy",
  "ecr:GetAccountSetting",
  "ecr:GetRegistryScanningConfiguration",
  "ecr:ListPull*",
  "ecr:ListTagsForResource",
  "ecs:Describe*",
  "ecs:List*",
  "eks:Describe*",
  "eks:List*",
  "elasticloadbalancing:Describe*",
  "events:Describe*",
  "events:List*",
  "iam:GetOpenIDConnectProvider",
  "iam:GetPolicy*",
  "iam:GetRole*",
  "iam:List*",
  "kms:DescribeKey",
  "kms:GetKey*",
  "kms:List*",
  "lambda:List*",
  "logs:Describe*",
  "logs:ListTagsForResource",
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetResourcePolicy",
  "sns:Get*Attributes",
  "sns:List*",
  "sqs:GetQueue*",
  "sqs:ListQueueTags",
];

/**
 * Permissions to read resources for a plan. Secret values are denied explicitly, so that a policy attached to the role
 * later cannot allow them.
 */
export function planPermission({
  partition,
  accountId,
  region,
  namePrefix,
}: ManagedEnvironment): Statement[] {
  return [
    { Sid: "ReadConfiguration", Effect: "Allow", Action: configurationReads, Resource: "*" },
    {
      // GetFunction returns a link to the code, so it is allowed for the environment's functions only.
      Sid: "ReadFunctions",
      Effect: "Allow",
      Action: ["lambda:Get*"],
      Resource: `arn:${partition}:lambda:${region}:${accountId}:function:${namePrefix}-*`,
    },
    {
      // Lambda returns a function's environment variables only to callers that may decrypt them, and Terraform compares
      // them.
      Sid: "ReadVariablesOfFunctions",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: `arn:${partition}:kms:${region}:${accountId}:key/*`,
      Condition: {
        StringEquals: { "kms:ViaService": viaService("lambda", region) },
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${namePrefix}-secrets` },
      },
    },
    denySecretValues,
  ];
}

/** Values of secrets and parameters are for the workloads, not for the roles that deploy them. */
const denySecretValues: Statement = {
  Sid: "NoSecretValues",
  Effect: "Deny",
  Action: ["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue", "ssm:GetParameter*"],
  Resource: "*",
};
