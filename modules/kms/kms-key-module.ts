import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";

export interface KmsKeyModuleProps {
  readonly description: string;
  /** Name of the alias, including `alias/`. */
  readonly alias: string;
  readonly partition: string;
  readonly accountId: string;
  /** Days between key rotations, 90 to 2,560. */
  readonly rotationPeriodInDays: number;
  /** Waiting period in days before the key is deleted, 7 to 30. */
  readonly deletionWindowInDays: number;
  /** ARNs of the principals that may manage the key. Empty: any principal that the account's IAM policies allow. */
  readonly administrators: readonly string[];
  /** Key policy statements that allow using the key. */
  readonly use: readonly Statement[];
  /** Whether Terraform refuses to destroy the key. */
  readonly preventDestroy: boolean;
  /** Provider of the Region that the key is in. @default - the provider of the stack */
  readonly provider?: TerraformProvider;
}

/** Actions that manage a key without using it. `kms:Create*` is not among them, because it includes CreateGrant. */
const administration = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:Delete*",
  "kms:Disable*",
  "kms:Enable*",
  "kms:Put*",
  "kms:RetireGrant",
  "kms:Revoke*",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:Update*",
];

/**
 * Actions that Terraform reads a key with. `kms:Get*` would include GetPublicKey, which symmetric keys do not support.
 */
const reading = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:List*"];

/**
 * A customer managed KMS key with an alias and automatic rotation, usable only as its key policy allows.
 *
 * Any principal that IAM allows may read its configuration, even one that may not manage it, because a plan reads it.
 *
 * The principal of the administration statement is the account, not a role, so that the key cannot become unmanageable.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export class KmsKeyModule extends Construct {
  readonly key: KmsKey;

  constructor(scope: Construct, id: string, props: KmsKeyModuleProps) {
    super(scope, id);
    const place = props.provider === undefined ? {} : { provider: props.provider };
    this.key = new KmsKey(this, "key", {
      description: props.description,
      enableKeyRotation: true,
      rotationPeriodInDays: props.rotationPeriodInDays,
      deletionWindowInDays: props.deletionWindowInDays,
      policy: policyDocument([administrationStatement(props), ...props.use, readingStatement(props)]),
      lifecycle: { preventDestroy: props.preventDestroy },
      ...place,
    });
    new KmsAlias(this, "alias", { name: props.alias, targetKeyId: this.key.keyId, ...place });
  }

  /** ARN of the key itself, not of its alias. */
  get arn(): string {
    return this.key.arn;
  }
}

function administrationStatement({ partition, accountId, administrators }: KmsKeyModuleProps): Statement {
  const root = `arn:${partition}:iam::${accountId}:root`;
  return {
    Sid: "Administration",
    Effect: "Allow",
    Principal: { AWS: root },
    Action: administration,
    Resource: "*",
    ...(administrators.length > 0 && {
      Condition: { ArnEquals: { "aws:PrincipalArn": [root, ...administrators.toSorted()] } },
    }),
  };
}

function readingStatement({ partition, accountId }: KmsKeyModuleProps): Statement {
  return {
    Sid: "Reading",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: reading,
    Resource: "*",
  };
}
