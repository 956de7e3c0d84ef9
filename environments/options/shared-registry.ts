import { z } from "zod";
import { roleArnSyntax } from "../../modules/ecr/access/grantee-syntax";
import { boolean, integer, list, object, oneOf, text } from "../../modules/values/fields";
import { accountId, distinct, mapOf, principalArn, region } from "../schema/fields";
import { hyphenatedName } from "../schema/hyphenated-name";
import type { Unchecked } from "../schema/unchecked";
import { AccountSettingOptions } from "./account-settings";
import { UnmanagedRepositoryOptions } from "./registry";

/** The version of the format in which a project hands its requests to the owner of the registry. */
export const requestFormat = 1;

/** Names of projects and environments. Their lengths do not matter here. */

/** A repository, or all whose names start alike. */
const sourceName = text(
  /^[a-z0-9](?:[a-z0-9._/-]{0,254}[a-z0-9]|[a-z0-9._/-]{0,254}\*)$/,
  "this must be the name of a repository, or the start of one and *; write the file again",
);

/** What a cache of a private registry reads: everything, or all below a prefix. */
const readName = text(
  /^(?:\*|[a-z0-9][a-z0-9._/-]{0,254}\/\*)$/,
  "this must be *, or the prefix of repositories with /*; write the file again",
);

const requests = object({
  format: integer(
    requestFormat,
    requestFormat,
    `this project reads format ${requestFormat}; write the file again with the same version of this project`,
  ),
  project: text(hyphenatedName, "this must be the name of the other project; write the file again"),
  environment: text(hyphenatedName, "this must be the name of the other environment; write the file again"),
  accountId: accountId(),
  region: region(),
  /**
   * What the names of the environment's repositories and caches start with; empty if they start differently.
   * @default - `<project>-<environment>-`
   */
  nameStart: text(
    /^(?:[a-z0-9][a-z0-9._/-]*[-._/])?$/,
    "this must be what repository names start with, up to a separator, or empty; write the file again",
  ).optional(),
  /** By their full names in ECR. */
  repositories: mapOf(UnmanagedRepositoryOptions),
  /** Repositories that the other project declares as created elsewhere, by their full names. */
  unmanagedRepositories: mapOf(UnmanagedRepositoryOptions),
  /** Roles that the registry policy allows to import images, by the prefix of a cache. The other project creates it. */
  pullThroughCaches: mapOf(
    object({ pullRoleArns: distinct(principalArn(roleArnSyntax.pattern, roleArnSyntax.advice), "role") }),
  ),
  /** Accounts that replicate into the registry, and the names of what they replicate. */
  replicationSources: mapOf(object({ namePatterns: distinct(sourceName) })),
  /** Whether these accounts may also create the repositories that are missing. */
  allowReplicaCreation: boolean(),
  /** Accounts whose caches read the registry, and the names of what they read. */
  cacheReaders: mapOf(object({ namePatterns: distinct(readName) })),
  accountSettings: AccountSettingOptions,
});

/** What the environment of another project requests from a registry that it does not own. */
export type RegistryRequests = z.output<typeof requests>;

/** The requests before validation. */
export type UncheckedRequests = Unchecked<RegistryRequests>;

/**
 * The import of a JSON file is typed by its contents, so that `"SCAN_ON_PUSH"` is any string. So every object is accepted
 * here, and checked when the file is loaded.
 */
const importedRequests = z
  .custom<object>((value) => typeof value === "object" && value !== null && !Array.isArray(value), {
    error: "this must be an object; import the file that npm run registry -- export writes",
    // By default, zod would not run the rules between options, and so hide every other problem of the file.
    abort: false,
  })
  .pipe(requests);

/** Who may own the settings of a registry. */
const owners = ["this-project", "other-project"] as const;

/** Options of a registry that several projects share. */
export const sharedRegistryOptions = {
  registryOwner: oneOf(owners)
    .default("this-project")
    .describe(
      "Who owns the settings that AWS keeps once per registry: scanning, replication, the registry policy and account settings. It also holds for the registries of replicas in Regions without an environment. With `other-project`, this project leaves them alone, and `npm run registry -- export` writes what its repositories request, for the owner's `registryRequests`.",
    ),
  replicaRegistryOwners: mapOf(oneOf(owners))
    .default({})
    .describe(
      "Who owns the registries of Regions with replicas, by Region, where it is not the `registryOwner`. Where an environment of this project is in the Region, its `registryOwner` decides, and another value here is refused.",
    ),
  registryRequests: list(importedRequests.meta({ type: ["object"] }))
    .default([])
    .describe(
      "What other projects request from this registry, or from that of a Region with replicas: imported JSON files, each written there by `npm run registry -- export`.",
    ),
};
