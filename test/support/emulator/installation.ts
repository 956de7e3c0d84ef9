import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What the tests with real Terraform need, where it was found. */
export interface Installation {
  /** Folder that holds `registry.terraform.io`. */
  readonly mirror: string;
  /** Version of the AWS provider in the mirror. */
  readonly providerVersion: string;
}

/** Mirrors and caches of providers in their usual places. https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
const mirrorPlaces = (): string[] => [
  ...(process.env["TF_PLUGIN_MIRROR"] ? [process.env["TF_PLUGIN_MIRROR"]] : []),
  ...(process.env["TF_PLUGIN_CACHE_DIR"] ? [process.env["TF_PLUGIN_CACHE_DIR"]] : []),
  join(homedir(), ".terraform.d", "plugins"),
  join(homedir(), ".terraform.d", "plugin-cache"),
  join(homedir(), ".local", "share", "terraform", "plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
  ...foldersIn("/opt"),
];

function foldersIn(parent: string): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(parent, entry.name));
}

/** The version the bindings pin is the best; another one runs the same JSON. */
const preferredVersion = "6.25.0";

/** The AWS provider on this machine, if there is one. */
export function findProvider(): Installation | undefined {
  const found = mirrorPlaces().flatMap((mirror) =>
    foldersIn(join(mirror, "registry.terraform.io", "hashicorp", "aws")).map((folder) => ({
      mirror,
      providerVersion: folder.slice(folder.lastIndexOf("/") + 1),
    })),
  );
  return found.find(({ providerVersion }) => providerVersion === preferredVersion) ?? found[0];
}

const starts = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** Everything that is not there, each with the way to get it. Empty when all is. */
export function missingParts(): string[] {
  return [
    ...(starts("terraform", ["version"])
      ? []
      : ["terraform 1.11 or later (https://developer.hashicorp.com/terraform/install)"]),
    ...(starts("moto_server", ["--help"]) ? [] : ["moto_server (pip install 'moto[server]==5.2.1')"]),
    ...(findProvider()
      ? []
      : [
          "the AWS provider (in a synthesized stack: terraform providers mirror ~/.terraform.d/plugins, or set TF_PLUGIN_MIRROR to a folder that holds registry.terraform.io)",
        ]),
  ];
}
