import type { Environment } from "../environments/environment";
import type { Encryption } from "../modules/ecr/encryption";

/**
 * How the images of an environment are encrypted.
 *
 * @param layerKeyArn key of the security layer, for an environment that names no key of its own
 */
export function encryptionOf({ ecr }: Environment, layerKeyArn: string): Encryption {
  const { encryptionType, kmsKeyArn = layerKeyArn } = ecr;
  return encryptionType === "AES256" ? { type: "AES256" } : { type: encryptionType, kmsKeyArn };
}

/** Whether that is the key of the security layer. */
export function encryptsWithLayerKey({ ecr }: Environment): boolean {
  return ecr.encryptionType !== "AES256" && ecr.kmsKeyArn === undefined;
}
