import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";

export interface KmsKeyModuleProps {
  readonly description: string;
  /** Name of the alias, with `alias/` in front. */
  readonly alias: string;
  readonly partition: string;
  readonly accountId: string;
  /** Days between two rotations, 90 to 2560. */
  readonly rotationPeriodInDays: number;
  /** Days before a deleted key is gone, 7 to 30. */
  readonly deletionWindowInDays: number;
  /** ARNs of the principals that may manage the key. Empty: whoever the account's IAM policies allow. */
  readonly administrators: readonly string[];
  /** Who may use the key, and for what. */
  readonly use: readonly Statement[];
  /** Whether Terraform refuses to destroy the key. */
  readonly preventDestroy: boolean;
}

/** Everything that changes a key without using it. `kms:Create*` is not among it, for it would include CreateGrant. */
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

/** What Terraform compares. `kms:Get*` would include GetPublicKey, which these keys have not. */
const reading = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:List*"];

/**
 * A customer-managed KMS key with an alias, rotated, and usable only as its policy says.
 *
 * Whoever IAM allows in the account may read how it is set up, also those who may not manage it: a plan does.
 *
 * The account (not one role) is the principal of administration, so that the key cannot become unmanageable.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export class KmsKeyModule extends Construct {
  readonly key: KmsKey;

  constructor(scope: Construct, id: string, props: KmsKeyModuleProps) {
    super(scope, id);
    this.key = new KmsKey(this, "key", {
      description: props.description,
      enableKeyRotation: true,
      rotationPeriodInDays: props.rotationPeriodInDays,
      deletionWindowInDays: props.deletionWindowInDays,
      policy: policyDocument([administrationStatement(props), ...props.use, readingStatement(props)]),
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    new KmsAlias(this, "alias", { name: props.alias, targetKeyId: this.key.keyId });
  }

  /** ARN of the key itself, as other resources must name it. */
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
