import { serviceDomain } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";

/** Secrets that one key encrypts. */
export interface EncryptedSecrets {
  readonly region: string;
  readonly secretArns: readonly string[];
  readonly secretsKeyArn: string;
}

/**
 * What reading the values of secrets takes: the secrets, and their key through Secrets Manager only.
 *
 * @param context condition keys that must also equal these, when the key is used. @default - none
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function readSecrets(
  { region, secretArns, secretsKeyArn }: EncryptedSecrets,
  context: Readonly<Record<string, readonly string[]>> = {},
): Statement[] {
  return [
    {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue"],
      Resource: secretArns,
    },
    {
      Sid: "DecryptSecrets",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: secretsKeyArn,
      Condition: {
        StringEquals: { "kms:ViaService": `secretsmanager.${region}.${serviceDomain(region)}`, ...context },
      },
    },
  ];
}
