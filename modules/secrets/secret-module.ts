import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";
import { literalText } from "../terraform/literal-text";

export interface SecretModuleProps {
  /** Full name in Secrets Manager, e.g. `myproject-prod/db-password`. */
  readonly name: string;
  readonly description: string;
  /** ARN of the key that encrypts the value; `"aws/secretsmanager"` for the one that AWS keeps. */
  readonly kmsKeyArn: string | "aws/secretsmanager";
  /** Days in which a deleted secret can be restored, 7 to 30, or 0 for none. */
  readonly recoveryWindowInDays: number;
  /** Account whose principals alone may touch the secret. */
  readonly accountId: string;
  /** Whether Terraform refuses to destroy the secret. */
  readonly preventDestroy: boolean;
}

/**
 * A secret without a value. The value is put there by who knows it, so that neither a file nor a plan nor a state of
 * Terraform ever holds it.
 */
export class SecretModule extends Construct {
  readonly secret: SecretsmanagerSecret;

  constructor(scope: Construct, id: string, props: SecretModuleProps) {
    super(scope, id);
    const { kmsKeyArn } = props;
    this.secret = new SecretsmanagerSecret(this, "secret", {
      name: props.name,
      description: literalText(props.description),
      // Left out, and not named by its alias: AWS then answers with no key at all, which would look like a change.
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
 * Keeps a secret inside its account and off unencrypted connections, whatever else is allowed. Who of the account may
 * read it is for the policies of roles to say.
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
        // Services have no account. They cannot reach the secret unless a policy lets them.
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
