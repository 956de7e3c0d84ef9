import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";

export interface SecretModuleProps {
  /** Full name in Secrets Manager, e.g. `myproject-prod/db-password`. */
  readonly name: string;
  readonly description: string;
  /** ARN of the KMS key that encrypts the value, or `"aws/secretsmanager"` for the AWS managed key. */
  readonly kmsKeyArn: string | "aws/secretsmanager";
  /** Days that a deleted secret can be restored, 7 to 30, or 0 for none. */
  readonly recoveryWindowInDays: number;
  /** The only account whose principals may access the secret. */
  readonly accountId: string;
  /** Whether Terraform refuses to destroy the secret. */
  readonly preventDestroy: boolean;
}

/**
 * A secret without a value. Someone who knows the value stores it separately, so that no file, plan or Terraform state
 * ever contains it.
 */
export class SecretModule extends Construct {
  readonly secret: SecretsmanagerSecret;

  constructor(scope: Construct, id: string, props: SecretModuleProps) {
    super(scope, id);
    const { kmsKeyArn } = props;
    this.secret = new SecretsmanagerSecret(this, "secret", {
      name: props.name,
      description: props.description,
      // Left out rather than set to its alias: AWS then returns no key, which Terraform would see as a change.
      ...(kmsKeyArn !== "aws/secretsmanager" && { kmsKeyId: kmsKeyArn }),
      recoveryWindowInDays: props.recoveryWindowInDays,
      lifecycle: { preventDestroy: props.preventDestroy },
    });
    new SecretsmanagerSecretPolicy(this, "policy", {
      secretArn: this.secret.arn,
      blockPublicPolicy: true,
      policy: policyDocument(secretBoundary(props.accountId)),
    });
  }

  get arn(): string {
    return this.secret.arn;
  }
}

/**
 * Denies access from other accounts and over unencrypted connections, whatever else is allowed. Which principals of the
 * account may read the secret is up to their IAM policies.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
 */
export function secretBoundary(accountId: string): Statement[] {
  return [
    {
      Sid: "OwnAccountOnly",
      Effect: "Deny",
      Principal: "*",
      Action: ["secretsmanager:*"],
      Resource: "*",
      Condition: {
        StringNotEquals: { "aws:PrincipalAccount": accountId },
        // AWS services have no account. They cannot access the secret unless a policy allows it.
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    },
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: ["secretsmanager:*"],
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}
