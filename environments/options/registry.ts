import type { z } from "zod";
import { boolean, list, object, oneOf } from "../../modules/values/fields";
import { accountId, region } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";

/** Scanning options, for managed and unmanaged repositories. */
export const scanningOptions = {
  scanOnPush: boolean().default(true).describe("Scan images when they are pushed."),
  enableEnhancedScanning: boolean()
    .default(false)
    .describe(
      "Use enhanced scanning (Amazon Inspector), which also scans programming language packages, instead of basic scanning.",
    ),
  scanFrequency: oneOf(["SCAN_ON_PUSH", "CONTINUOUS_SCAN", "MANUAL"]).optional().meta({
    description:
      "When images are scanned. `CONTINUOUS_SCAN` requires `enableEnhancedScanning`; `MANUAL` requires `scanOnPush: false` and no enhanced scanning.",
    defaultNote: '`"SCAN_ON_PUSH"`, or `"MANUAL"` with `scanOnPush: false`',
  }),
};

const destination = object({
  region: region().describe("Region that receives a copy of every image pushed after deployment."),
  registryId: accountId()
    .optional()
    .meta({ description: "Account that receives the copy.", defaultNote: "the environment's account" }),
}).describe("One replication destination.");

/** Replication options, for managed and unmanaged repositories. */
export const replicationOptions = {
  enableReplication: boolean()
    .default(false)
    .describe("Replicate pushed images to `replicationDestinations`."),
  replicationDestinations: list(destination)
    .default([])
    .describe("Destinations that pushed images are replicated to."),
};

/** Options of a repository in the same registry that this project does not manage. */
export const UnmanagedRepositoryOptions = object({ ...scanningOptions, ...replicationOptions }).describe(
  "One repository of the registry that is created elsewhere.",
);

/** What one repository requests from its registry. */
export type RegistryOptions = z.output<typeof UnmanagedRepositoryOptions>;

/** The options before validation. */
export type UncheckedRegistryOptions = Unchecked<RegistryOptions>;
