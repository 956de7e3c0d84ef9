import type { Destination } from "./registry-requests";
import type { ReplicationRule } from "./replication-settings";
import { matchesScanningFilter } from "./scanning-filter";
import type { ScanningRule, ScanningSettings } from "./scanning-settings";

/** How a registry scans one repository, and which filters cause it. */
export interface ScanningExplanation {
  readonly scanType: ScanningSettings["scanType"];
  /** `MANUAL`: only when somebody starts a scan. `OFF`: never, because enhanced scanning has no manual scans. */
  readonly scanFrequency: ScanningRule["scanFrequency"] | "MANUAL" | "OFF";
  /** Every filter that matches, even where a rule with the other frequency takes precedence. */
  readonly matches: readonly {
    readonly scanFrequency: ScanningRule["scanFrequency"];
    readonly filter: string;
  }[];
}

/**
 * How ECR scans a repository with these settings: continuously if a filter of that rule matches, otherwise on push if a
 * filter of the other rule matches, otherwise manually or not at all.
 *
 * @param name name in ECR, e.g. `myproject-prod-web-app`
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
export function explainScanning({ scanType, rules }: ScanningSettings, name: string): ScanningExplanation {
  const matches = rules.flatMap(({ scanFrequency, filters }) =>
    filters
      .filter((filter) => matchesScanningFilter(filter, name))
      .map((filter) => ({ scanFrequency, filter })),
  );
  const frequencies = matches.map(({ scanFrequency }) => scanFrequency);
  const unmatched = scanType === "ENHANCED" ? "OFF" : "MANUAL";
  const scanFrequency = frequencies.includes("CONTINUOUS_SCAN") ? "CONTINUOUS_SCAN" : frequencies[0];
  return { scanType, scanFrequency: scanFrequency ?? unmatched, matches };
}

/** Where a registry replicates one repository to, and which filters cause it. */
export interface ReplicationExplanation {
  /** Without duplicates, in the order of the rules. */
  readonly destinations: readonly Destination[];
  readonly matches: readonly {
    /** Position in the replication configuration, starting at 1. */
    readonly rule: number;
    readonly filter: string;
    readonly destinations: readonly Destination[];
  }[];
}

/**
 * Where ECR replicates a repository to: the destinations of every rule with a filter that its name starts with.
 *
 * @param name name in ECR, e.g. `myproject-prod-web-app`
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function explainReplication(rules: readonly ReplicationRule[], name: string): ReplicationExplanation {
  const matches = rules.flatMap(({ destinations, filters }, index) =>
    filters
      .filter((filter) => name.startsWith(filter))
      .map((filter) => ({ rule: index + 1, filter, destinations })),
  );
  const all = matches.flatMap(({ destinations }) => destinations);
  const distinct = new Map(all.map((to) => [`${to.registryId}/${to.region}`, to]));
  return { destinations: [...distinct.values()], matches };
}
