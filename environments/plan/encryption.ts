import type { Encryption } from "../../modules/ecr/repository/encryption";
import type { Environment } from "./environment";

/**
 * How the images of an environment are encrypted.
 *
 * @param layerKeyArn key of the security layer, for an environment that names no key of its own
 */
export function encryptionOf({ ecr }: Pick<Environment, "ecr">, layerKeyArn: string): Encryption {
  const { encryptionType, kmsKeyArn = layerKeyArn } = ecr;
  return encryptionType === "AES256" ? { type: "AES256" } : { type: encryptionType, kmsKeyArn };
}

/** Whether the key of the security layer encrypts the images. */
export function encryptsWithLayerKey({ ecr }: Pick<Environment, "ecr">): boolean {
  return ecr.encryptionType !== "AES256" && ecr.kmsKeyArn === undefined;
}
