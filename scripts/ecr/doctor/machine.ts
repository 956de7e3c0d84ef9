import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { providerLock } from "../../runner/provider-lock";
import { binary } from "../../runner/terraform-environment";
import { type FoundState, note, ok, problem } from "./finding";

/** Oldest Terraform that the stacks accept, as major and minor version. */
const oldestTerraform = [1, 11] as const;

/** `run.cjs` starts no command with a version that package.json does not name. */
export const nodeVersion = (): FoundState[] => [ok(`Node.js is ${process.versions.node}.`)];

export function terraformVersion(): FoundState[] {
  const { stdout, status, error } = spawnSync(binary(), ["version", "-json"], { encoding: "utf8" });
  const install =
    "Install Terraform 1.11 or later (https://developer.hashicorp.com/terraform/install), or set TERRAFORM_BINARY_NAME.";
  if (error !== undefined || status !== 0)
    return [problem(`Terraform cannot be started as ${binary()}.`, install)];
  const version = (JSON.parse(stdout) as { terraform_version?: string }).terraform_version ?? "0.0";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOld = major < oldestTerraform[0] || (major === oldestTerraform[0] && minor < oldestTerraform[1]);
  return [isOld ? problem(`Terraform is ${version}.`, install) : ok(`Terraform is ${version}.`)];
}

export const lockFile = (): FoundState[] => [
  existsSync(providerLock)
    ? ok(`${providerLock} pins the AWS provider.`)
    : note(`Nothing pins the checksums of the AWS provider.`, "npm run lock, and commit the file"),
];
