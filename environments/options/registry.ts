import type { z } from "zod";
import { accountId, flag, list, oneOf, region, section } from "../schema/fields";
import { type Candidate, type RuleContext, withRule } from "../schema/rule";

/** Options of scanning, for own and unmanaged repositories. */
export const scanningOptions = {
  scanOnPush: flag().default(true).describe("Scan images when they are pushed."),
  enableEnhancedScanning: flag()
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

const destination = section({
  region: region().describe("Region that receives a copy of every image pushed from then on."),
  registryId: accountId()
    .optional()
    .meta({ description: "Account that receives the copy.", defaultNote: "the environment's own account" }),
}).describe("One place that images are replicated to.");

/** Options of replication, for own and unmanaged repositories. */
export const replicationOptions = {
  enableReplication: flag().default(false).describe("Copy pushed images to `replicationDestinations`."),
  replicationDestinations: list(destination).default([]).describe("Where pushed images are copied to."),
};

const WishesShape = section({ ...scanningOptions, ...replicationOptions });

/** The wishes of one repository, with every default filled in. */
export type RegistryWishes = z.output<typeof WishesShape>;

/** The same before its shape is known to be right. */
export type WishesCandidate = Candidate<RegistryWishes>;

/** Rules between the wishes of one repository. */
export function wishRules(wishes: WishesCandidate, context: RuleContext): void {
  scanning(wishes, context);
  replication(wishes, context);
}

/** Options of a repository in the same registry that this project neither makes nor changes. */
export const UnmanagedRepositoryOptions = withRule(WishesShape, wishRules).describe(
  "One repository of the registry that is made elsewhere.",
);

function scanning(
  { scanOnPush, enableEnhancedScanning, scanFrequency }: WishesCandidate,
  { problem }: RuleContext,
): void {
  const at = ["scanFrequency"];
  if (scanFrequency === "CONTINUOUS_SCAN" && enableEnhancedScanning === false)
    problem(
      at,
      scanFrequency,
      "basic scanning is not continuous; set enableEnhancedScanning: true or use SCAN_ON_PUSH",
    );
  if (scanFrequency === "MANUAL" && enableEnhancedScanning === true)
    problem(
      at,
      scanFrequency,
      "enhanced scanning has no manual scans; use SCAN_ON_PUSH or CONTINUOUS_SCAN, or set enableEnhancedScanning: false",
    );
  if (scanFrequency === "MANUAL" && scanOnPush === true)
    problem(at, scanFrequency, "scanOnPush is true; set scanOnPush: false or use SCAN_ON_PUSH");
  if (scanFrequency === undefined && enableEnhancedScanning === true && scanOnPush === false)
    problem(
      ["scanOnPush"],
      scanOnPush,
      "enhanced scanning scans on push and has no manual scans; remove it or set enableEnhancedScanning: false",
    );
  if ((scanFrequency === "SCAN_ON_PUSH" || scanFrequency === "CONTINUOUS_SCAN") && scanOnPush === false)
    problem(
      ["scanOnPush"],
      scanOnPush,
      `${scanFrequency} scans images when they are pushed; remove scanOnPush: false or scanFrequency`,
    );
}

function replication(
  { enableReplication, replicationDestinations }: WishesCandidate,
  { problem }: RuleContext,
): void {
  if (!Array.isArray(replicationDestinations)) return;
  if (enableReplication === true && replicationDestinations.length === 0)
    problem(
      ["replicationDestinations"],
      undefined,
      "enableReplication is true but there is no destination; add { region } or set it to false",
    );
  if (enableReplication === false && replicationDestinations.length > 0)
    problem(
      ["enableReplication"],
      false,
      "replicationDestinations would not be used; set enableReplication: true or remove them",
    );
}
