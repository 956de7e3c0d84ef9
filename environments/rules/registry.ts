import type { UncheckedRegistryOptions } from "../options/registry";
import type { RuleContext } from "../schema/rule";

/** Rules between the registry options of one repository. */
export function registryRules(options: UncheckedRegistryOptions, context: RuleContext): void {
  scanning(options, context);
  replication(options, context);
}

function scanning(
  { scanOnPush, enableEnhancedScanning, scanFrequency }: UncheckedRegistryOptions,
  { problem }: RuleContext,
): void {
  const at = ["scanFrequency"];
  if (scanFrequency === "CONTINUOUS_SCAN" && enableEnhancedScanning === false)
    problem(
      at,
      scanFrequency,
      "basic scanning does not support continuous scans; set enableEnhancedScanning: true or use SCAN_ON_PUSH",
    );
  if (scanFrequency === "MANUAL" && enableEnhancedScanning === true)
    problem(
      at,
      scanFrequency,
      "enhanced scanning does not support manual scans; use SCAN_ON_PUSH or CONTINUOUS_SCAN, or set enableEnhancedScanning: false",
    );
  if (scanFrequency === "MANUAL" && scanOnPush === true)
    problem(
      at,
      scanFrequency,
      "MANUAL conflicts with scanOnPush: true; set scanOnPush: false or use SCAN_ON_PUSH",
    );
  if (scanFrequency === undefined && enableEnhancedScanning === true && scanOnPush === false)
    problem(
      ["scanOnPush"],
      scanOnPush,
      "enhanced scanning scans on push and does not support manual scans; remove scanOnPush: false or set enableEnhancedScanning: false",
    );
  if ((scanFrequency === "SCAN_ON_PUSH" || scanFrequency === "CONTINUOUS_SCAN") && scanOnPush === false)
    problem(
      ["scanOnPush"],
      scanOnPush,
      `${scanFrequency} scans images when they are pushed; remove scanOnPush: false or scanFrequency`,
    );
}

function replication(
  { enableReplication, replicationDestinations }: UncheckedRegistryOptions,
  { problem }: RuleContext,
): void {
  if (!Array.isArray(replicationDestinations)) return;
  if (enableReplication === true && replicationDestinations.length === 0)
    problem(
      ["replicationDestinations"],
      undefined,
      "enableReplication is true, but the list has no destination; add { region } or set enableReplication: false",
    );
  if (enableReplication === false && replicationDestinations.length > 0)
    problem(
      ["enableReplication"],
      false,
      "the destinations in replicationDestinations have no effect; set enableReplication: true or remove them",
    );
}
