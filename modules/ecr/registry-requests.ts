/** What one repository asks of the registry that it shares with all others of its account and Region. */
export interface RegistryRequest {
  /** Name in ECR, e.g. `myproject-prod-web-app`. */
  readonly name: string;
  /** What every name of its environment begins with, e.g. `myproject-prod-`. No filter for a group of names is shorter. */
  readonly namePrefix: string;
  /** Who scans its images: ECR itself (`BASIC`) or Amazon Inspector (`ENHANCED`). */
  readonly scanType: "BASIC" | "ENHANCED";
  /** When; `MANUAL` asks for nothing. */
  readonly scanFrequency: "SCAN_ON_PUSH" | "CONTINUOUS_SCAN" | "MANUAL";
  /** Where pushed images are copied to. */
  readonly destinations: readonly Destination[];
}

/** A registry that receives copies. */
export interface Destination {
  readonly region: string;
  readonly registryId: string;
}

/** Requests that AWS cannot fulfil together. */
export interface Conflict {
  /** The repositories that have to change, by their name in ECR. */
  readonly names: readonly string[];
  /** Which option of theirs has to change. */
  readonly option: "scanFrequency" | "enableEnhancedScanning" | "replicationDestinations";
  /** The rule and the remedy, parted by a semicolon. */
  readonly advice: string;
}

/** Settings compiled from requests, or why there are none. */
export type Compiled<T> =
  | { readonly settings: T; readonly conflicts: readonly [] }
  | { readonly settings?: undefined; readonly conflicts: readonly Conflict[] };

/** Ordered by name, so that neither settings nor conflicts depend on the order of the files. */
export function byName(requests: readonly RegistryRequest[]): RegistryRequest[] {
  return requests.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
