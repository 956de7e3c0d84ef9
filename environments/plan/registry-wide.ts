import { accountSettingsOf } from "./account-settings";
import type { RegistryPlan } from "./registry";

/** Something that AWS keeps once per account and Region, beside scanning and replication. */
export interface RegistryWideSetting {
  /** What it is, e.g. `BLOB_MOUNTING`. */
  readonly setting: string;
  readonly value: string;
  /** Files that request it. */
  readonly files: readonly string[];
}

/** Settings of a whole registry that no repository explains, and the files that request them. */
export function registryWideSettings({ environments }: RegistryPlan): RegistryWideSetting[] {
  return accountSettingsOf(environments).map(({ name, requests }) => ({
    setting: name,
    value: requests[0]?.value ?? "",
    files: requests.map(({ file }) => file),
  }));
}
