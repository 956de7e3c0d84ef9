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

/** Whether the key of the security layer encrypts the images. */
export function encryptsWithLayerKey({ ecr }: Pick<Environment, "ecr">): boolean {
  return ecr.encryptionType !== "AES256" && ecr.kmsKeyArn === undefined;
}
