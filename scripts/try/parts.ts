import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProvider, hasTerraform, preferredVersion } from "../../emulator/installation";
import { findMoto, type Moto, motoVersion, waysToGetMoto } from "../../emulator/moto";
import { CommandError } from "../runner/command";
import { binary } from "../runner/terraform-environment";

/** @throws CommandError when Terraform does not start */
export function requireTerraform(): void {
  if (!hasTerraform(binary()))
    throw new CommandError(
      `Terraform could not be started as "${binary()}"; install Terraform 1.11 or later (https://developer.hashicorp.com/terraform/install), or set TERRAFORM_BINARY_NAME.`,
    );
}

/** @throws CommandError that says how to get moto, when it is not there in the version that is needed */
export function requireMoto(): Moto {
  const found = findMoto();
  if (found.ok) return found.moto;
  throw new CommandError(
    [`The emulator is moto ${motoVersion}, and ${found.reason}. To get it, run one of these, and try again:`]
      .concat(waysToGetMoto.map((way) => `  ${way}`))
      .join("\n"),
  );
}

/** How Terraform gets the AWS provider in a trial. */
export interface TrialProvider {
  readonly variables: Readonly<Record<string, string>>;
  /** Version, if it is another one than the project's. */
  readonly version?: string;
  /** One line for the user. */
  readonly says: string;
}

/**
 * The provider on this machine, or else from the registry. Terraform's configuration file of the user stays in use for
 * the second, because it may name a mirror that has to be used here.
 *
 * @param folder the trial's
 */
export function providerFor(folder: string): TrialProvider {
  const found = findProvider();
  if (found === undefined)
    return {
      variables: { TF_PLUGIN_CACHE_DIR: join(folder, "tmp") },
      says: "AWS provider: not on this machine, so Terraform downloads it for this trial (more than 100 MB). To keep it: npm run synth, then terraform -chdir=<folder of a stack> providers mirror ~/.terraform.d/plugins",
    };
  const { mirror, providerVersion } = found;
  const configuration = join(folder, "terraform.rc");
  writeFileSync(
    configuration,
    `provider_installation {\n  filesystem_mirror { path = ${JSON.stringify(mirror)} }\n}\n`,
  );
  return {
    // Without a cache, which would be another copy, Terraform links to the mirror.
    variables: { TF_CLI_CONFIG_FILE: configuration, TF_PLUGIN_CACHE_DIR: "" },
    ...(providerVersion === preferredVersion ? {} : { version: providerVersion }),
    says: `AWS provider ${providerVersion}: ${mirror}`,
  };
}
