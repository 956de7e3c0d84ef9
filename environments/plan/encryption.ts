import type { Encryption } from "../../modules/ecr/repository/encryption";
import type { Environment } from "./environment";

/**
 * Encryption of an environment's images.
 *
 * @param layerKeyArn gives the key of the security layer; called only if the environment encrypts with it
 */
export function encryptionOf({ ecr }: Pick<Environment, "ecr">, layerKeyArn: () => string): Encryption {
  const { encryptionType, kmsKeyArn } = ecr;
  return encryptionType === "AES256"
    ? { type: "AES256" }
    : { type: encryptionType, kmsKeyArn: kmsKeyArn ?? layerKeyArn() };
}

/**
 * Encryption of the replicas of one Region: of the same type, with the key of that Region. `ecr.kmsKeyArn` cannot encrypt
 * them, because a repository is encrypted with a key of its own Region.
 *
 * @param regionKeyArn gives the key of the security layer in that Region; called only if the environment encrypts with KMS
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
 */
export function replicaEncryptionOf(
  { ecr: { encryptionType } }: Pick<Environment, "ecr">,
  regionKeyArn: () => string,
): Encryption {
  return encryptionType === "AES256"
    ? { type: "AES256" }
    : { type: encryptionType, kmsKeyArn: regionKeyArn() };
}

/** Whether the key of the security layer encrypts the images. */
export function encryptsWithLayerKey({ ecr }: Pick<Environment, "ecr">): boolean {
  return ecr.encryptionType !== "AES256" && ecr.kmsKeyArn === undefined;
}
