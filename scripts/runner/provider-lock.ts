import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** File with the version and the checksums of the AWS provider, in the folder of the project. `npm run lock` writes it. */
export const providerLock = ".terraform.lock.hcl";

/**
 * Give a stack the project's provider lock. Terraform then takes only a provider with one of its checksums.
 *
 * @returns flags for `terraform init`: none if the project has no lock
 * @see https://developer.hashicorp.com/terraform/cli/commands/init#lockfile-mode
 */
export function lockFlags(directory: string): string[] {
  if (!existsSync(providerLock)) return [];
  const own = join(directory, providerLock);
  if (!existsSync(own) || readFileSync(own, "utf8") !== readFileSync(providerLock, "utf8"))
    copyFileSync(providerLock, own);
  return ["-lockfile=readonly"];
}
