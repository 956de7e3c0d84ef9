import type { z } from "zod";
import type { Environment } from "./environment";
import { section } from "./fields";

/** One secret. Its value is never in a file of the project. */
export const SecretOptions = section({}).describe("One secret of Secrets Manager.");

export type SecretOptions = z.output<typeof SecretOptions>;

/** Whether an environment has something that its secrets key encrypts. */
export function holdsSecrets({ security, lambda, eks }: Environment): boolean {
  return Object.keys(security.secrets).length > 0 || lambda !== undefined || eks !== undefined;
}
