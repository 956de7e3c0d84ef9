/** What one repository requests from the registry that it shares with all others in its account and Region. */
export interface RegistryRequest {
  /** Name in ECR, e.g. `myproject-prod-web-app`. */
  readonly name: string;
  /**
   * What every name with this start has in common that its environment may use, e.g. `myproject-prod-`. No filter for a
   * group of names is shorter. `undefined` if others may use every start of the name, e.g. for a repository that belongs to
   * no environment: its filters contain its whole name.
   */
  readonly namePrefix: string | undefined;
  /** File that the request is in, e.g. `environments/prod.ts`. A conflict between two files names both. */
  readonly source: string;
  /** Who scans its images: ECR itself (`BASIC`) or Amazon Inspector (`ENHANCED`). */
  readonly scanType: "BASIC" | "ENHANCED";
  /** When; `MANUAL` requests nothing. */
  readonly scanFrequency: "SCAN_ON_PUSH" | "CONTINUOUS_SCAN" | "MANUAL";
  /** Where pushed images are replicated to. */
  readonly destinations: readonly Destination[];
}

/** A registry that receives replicated images. */
export interface Destination {
  readonly region: string;
  readonly registryId: string;
}

/** Requests that AWS cannot satisfy together. */
export interface Conflict {
  /** The repositories concerned, by their names in ECR. The conflict is reported at the first. */
  readonly names: readonly string[];
  /** Their option that has to change. */
  readonly option: "scanFrequency" | "enableEnhancedScanning" | "replicationDestinations";
  /** As "rule; remedy". */
  readonly advice: string;
}

/** Settings compiled from requests, or the conflicts that prevent them. */
export type Compiled<T> =
  | { readonly settings: T; readonly conflicts: readonly [] }
  | { readonly settings?: undefined; readonly conflicts: readonly Conflict[] };

/** The settings. @throws Error with every conflict; environment files are checked for conflicts before */
export function settingsOf<T>({ settings, conflicts }: Compiled<T>): T {
  if (settings === undefined) throw new Error(conflicts.map(({ advice }) => advice).join("\n"));
  return settings;
}

/** The first names of a long list, each with its file if the concerned requests come from several files. */
export function listed(
  requests: readonly RegistryRequest[],
  concerned: readonly RegistryRequest[] = requests,
): string {
  const show = labelOf(concerned);
  const shown = requests.slice(0, 3).map(({ name, source }) => show(name, source));
  return requests.length > 3 ? `${shown.join(", ")} and ${requests.length - 3} more` : shown.join(", ");
}

/** The same, with each name in quotation marks. */
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

/** Sorted by name, so that neither settings nor conflicts depend on the order of the files. */
export function byName(requests: readonly RegistryRequest[]): RegistryRequest[] {
  return requests.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
