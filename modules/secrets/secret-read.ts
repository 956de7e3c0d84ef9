import type { Statement } from "../iam/policy-document";
import { viaService } from "../iam/via-service";

/** Secrets that are encrypted with one KMS key. */
export interface EncryptedSecrets {
  readonly region: string;
  readonly secretArns: readonly string[];
  readonly secretsKeyArn: string;
}

/**
 * Permissions to read secret values: the secrets, and their KMS key through Secrets Manager only.
 *
 * @param context further condition keys and values for using the key. @default - none
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
        StringEquals: { "kms:ViaService": viaService("secretsmanager", region), ...context },
      },
    },
  ];
}
