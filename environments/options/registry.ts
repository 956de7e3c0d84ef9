import type { z } from "zod";
import { accountId, boolean, list, object, oneOf, region } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";

/** Options of scanning, for own and unmanaged repositories. */
export const scanningOptions = {
  scanOnPush: boolean().default(true).describe("Scan images when they are pushed."),
  enableEnhancedScanning: boolean()
    .default(false)
    .describe(
      "Scan with Amazon Inspector, which also looks at language packages, instead of ECR's basic scan.",
    ),
  scanFrequency: oneOf(["SCAN_ON_PUSH", "CONTINUOUS_SCAN", "MANUAL"]).optional().meta({
    description:
      "When images are scanned. `CONTINUOUS_SCAN` needs `enableEnhancedScanning`; `MANUAL` needs `scanOnPush: false` without it.",
    defaultNote: '`"SCAN_ON_PUSH"`, or `"MANUAL"` with `scanOnPush: false`',
  }),
};

const destination = object({
  region: region().describe("Region that receives a copy of every image pushed from then on."),
  registryId: accountId()
    .optional()
    .meta({ description: "Account that receives the copy.", defaultNote: "the environment's own account" }),
}).describe("One place that images are replicated to.");

/** Options of replication, for own and unmanaged repositories. */
export const replicationOptions = {
  enableReplication: boolean().default(false).describe("Copy pushed images to `replicationDestinations`."),
  replicationDestinations: list(destination).default([]).describe("Where pushed images are copied to."),
};

/** Options of a repository in the same registry that this project does not manage. */
export const UnmanagedRepositoryOptions = object({ ...scanningOptions, ...replicationOptions }).describe(
  "One repository of the registry that is made elsewhere.",
);

/** What one repository requests from its registry. */
export type RegistryOptions = z.output<typeof UnmanagedRepositoryOptions>;

/** The same before validation. */
export type UncheckedRegistryOptions = Unchecked<RegistryOptions>;
