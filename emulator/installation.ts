import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { findMoto, motoVersion } from "./moto";

/** What the tests with real Terraform need, where it was found. */
export interface Installation {
  /** Folder that holds `registry.terraform.io`. */
  readonly mirror: string;
  /** Version of the AWS provider in the mirror. */
  readonly providerVersion: string;
}

/** Mirrors and caches of providers: the one that TF_PLUGIN_MIRROR names, or those in their usual places. https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
function mirrorPlaces(): string[] {
  const { TF_PLUGIN_MIRROR: chosen, TF_PLUGIN_CACHE_DIR: cache } = process.env;
  if (chosen) return [chosen];
  return [
    ...(cache ? [cache] : []),
    join(homedir(), ".terraform.d", "plugins"),
    join(homedir(), ".terraform.d", "plugin-cache"),
    join(homedir(), ".local", "share", "terraform", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...foldersIn("/opt"),
  ];
}

function foldersIn(parent: string): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(parent, entry.name));
}

/** The version the bindings pin is the best; another one runs the same JSON. */
export const preferredVersion = "6.25.0";

/** As Terraform calls this machine, e.g. `linux_amd64`. */
export const platform = `${process.platform === "win32" ? "windows" : process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

/** The AWS provider for this machine, if it is on it. */
export function findProvider(mirrors: readonly string[] = mirrorPlaces()): Installation | undefined {
  const found = mirrors.flatMap((mirror) =>
    versionsIn(join(mirror, "registry.terraform.io", "hashicorp", "aws")).map((providerVersion) => ({
      mirror,
      providerVersion,
    })),
  );
  return found.find(({ providerVersion }) => providerVersion === preferredVersion) ?? found[0];
}

/**
 * Versions in a folder of a mirror: unpacked as `<version>/<platform>/`, or packed as `terraform providers mirror` writes
 * them.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
function versionsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    if (existsSync(join(folder, name, platform))) return [name];
    const [, version = ""] = /^terraform-provider-aws_(\d+\.\d+\.\d+)_(?=\w+\.zip$)/.exec(name) ?? [];
    return name === `terraform-provider-aws_${version}_${platform}.zip` ? [version] : [];
  });
}

const starts = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** Whether Terraform, or what stands for it, starts. */
export const hasTerraform = (binary = "terraform"): boolean => starts(binary, ["version"]);

/** Everything that is not there, each with the way to get it. Empty when all is. */
export function missingParts(): string[] {
  const moto = findMoto();
  return [
    ...(hasTerraform()
      ? []
      : ["terraform 1.11 or later (https://developer.hashicorp.com/terraform/install)"]),
    ...(moto.ok ? [] : [`moto ${motoVersion} (pip install 'moto[server]==${motoVersion}'; ${moto.reason})`]),
    ...(findProvider()
      ? []
      : [
          "the AWS provider (in a synthesized stack: terraform providers mirror ~/.terraform.d/plugins, or set TF_PLUGIN_MIRROR to a folder that holds registry.terraform.io)",
        ]),
  ];
}
