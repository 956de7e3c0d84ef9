import type { Compiled, RegistryRequest } from "./registry-requests";
import { compileReplication, type ReplicationRule } from "./replication-settings";
import { compileScanning, type ScanningSettings } from "./scanning-settings";

/** Settings that AWS keeps once per account and Region. */
export interface RegistrySettings {
  readonly scanning: ScanningSettings;
  readonly replication: readonly ReplicationRule[];
}

/**
 * Compile the settings of a registry from the requests of all its repositories.
 *
 * @throws Error with every conflict, each on a line as `<names>: <option>: <rule>; <remedy>`
 */
export function registrySettings(requests: readonly RegistryRequest[]): RegistrySettings {
  const scanning = compileScanning(requests);
  const replication = compileReplication(requests);
  if (scanning.settings === undefined || replication.settings === undefined)
    throw new Error([...conflictLines(scanning), ...conflictLines(replication)].join("\n"));
  return { scanning: scanning.settings, replication: replication.settings };
}

const conflictLines = ({ conflicts }: Compiled<unknown>): string[] =>
  conflicts.map(({ names, option, advice }) => `${names.join(", ")}: ${option}: ${advice}`);
