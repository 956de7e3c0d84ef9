/** What one repository asks of the registry that it shares with all others of its account and Region. */
export interface RegistryRequest {
  /** Name in ECR, e.g. `myproject-prod-web-app`. */
  readonly name: string;
  /**
   * What every name of its environment begins with, e.g. `myproject-prod-`. No filter for a group of names is shorter.
   * `undefined` for a repository that belongs to no environment: filters made for it hold its whole name.
   */
  readonly namePrefix: string | undefined;
  /** Where the wish is written, e.g. `environments/prod.ts`. A conflict between two such places names both. */
  readonly source: string;
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
  /** The repositories concerned, by their name in ECR. The conflict is reported at the first. */
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

/** The settings. @throws Error with every conflict; environment files are checked for those before */
export function settingsOf<T>({ settings, conflicts }: Compiled<T>): T {
  if (settings === undefined) throw new Error(conflicts.map(({ advice }) => advice).join("\n"));
  return settings;
}

/** The first names of a long list, and where each is declared when that is not the same place for all concerned. */
export function listed(
  requests: readonly RegistryRequest[],
  concerned: readonly RegistryRequest[] = requests,
): string {
  const show = labelOf(concerned);
  const shown = requests.slice(0, 3).map(({ name, source }) => show(name, source));
  return requests.length > 3 ? `${shown.join(", ")} and ${requests.length - 3} more` : shown.join(", ");
}

/** The same for names in a sentence, which are quoted. */
export function quoted(
  requests: readonly RegistryRequest[],
  concerned: readonly RegistryRequest[] = requests,
): string {
  return listed(
    requests.map((request) => ({ ...request, name: `"${request.name}"` })),
    concerned,
  );
}

function labelOf(concerned: readonly RegistryRequest[]): (name: string, source: string) => string {
  const sources = new Set(concerned.map(({ source }) => source));
  return (name, source) => (sources.size > 1 ? `${name} (${source})` : name);
}

/** Ordered by name, so that neither settings nor conflicts depend on the order of the files. */
export function byName(requests: readonly RegistryRequest[]): RegistryRequest[] {
  return requests.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
