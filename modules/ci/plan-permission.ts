import { serviceDomain } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";

/** One environment as its pipelines see it. */
export interface ManagedEnvironment {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  /** What the names of everything in the environment begin with, without a hyphen at its end, e.g. `myproject-dev`. */
  readonly namePrefix: string;
  readonly project: string;
  /** Name of the environment, as it stands in the tag `Environment`. */
  readonly environment: string;
}

/**
 * What Terraform reads of the resources that this project manages: how they are set up, and nothing of what they hold.
 * No image, log event, message or value of a secret can be read with these.
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
 * What a plan reads of resources. Values of secrets are denied as well as not allowed, so that a policy that is
 * attached to the role later does not open them.
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
      // GetFunction hands out the address of the code, so that it is for functions of the environment only.
      Sid: "ReadFunctions",
      Effect: "Allow",
      Action: ["lambda:Get*"],
      Resource: `arn:${partition}:lambda:${region}:${accountId}:function:${namePrefix}-*`,
    },
    {
      // Lambda shows the variables of a function only to who may decrypt them, and Terraform compares them.
      Sid: "ReadVariablesOfFunctions",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: `arn:${partition}:kms:${region}:${accountId}:key/*`,
      Condition: {
        StringEquals: { "kms:ViaService": `lambda.${region}.${serviceDomain(region)}` },
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/${namePrefix}-secrets` },
      },
    },
    denySecretValues,
  ];
}

/** Values of secrets and parameters are for those who run the workloads, not for those who deploy them. */
export const denySecretValues: Statement = {
  Sid: "NoSecretValues",
  Effect: "Deny",
  Action: ["secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue", "ssm:GetParameter*"],
  Resource: "*",
};
