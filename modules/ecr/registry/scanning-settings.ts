import { fewestFilters } from "./fewest-filters";
import { type CoverBounds, coverByGroups } from "./name-cover";
import {
  byName,
  type Compiled,
  type Conflict,
  listed,
  quoted,
  type RegistryRequest,
} from "./registry-requests";
import { filterForOne, matchesScanningFilter, maxFilterLength } from "./scanning-filter";

/** AWS's limit for one rule. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RegistryScanningRule.html */
const maxFilters = 100;

export interface ScanningRule {
  readonly scanFrequency: "SCAN_ON_PUSH" | "CONTINUOUS_SCAN";
  /** Patterns with at least one `*`, sorted. */
  readonly filters: readonly string[];
}

/** The scanning configuration of a registry. */
export interface ScanningSettings {
  readonly scanType: "BASIC" | "ENHANCED";
  /** At most one rule for each frequency, so at most two, as AWS requires. */
  readonly rules: readonly ScanningRule[];
}

/**
 * Compile the scanning configuration of a registry from what all of its repositories request.
 *
 * A filter without `*` would match every name that contains it, so each filter has one: `myproject-dev-*` for a group,
 * `*myproject-dev-web-app` for a single repository. If both frequencies match, continuous scanning takes precedence, so
 * the filters of SCAN_ON_PUSH may also match repositories that request CONTINUOUS_SCAN.
 *
 * Groups end at separators. If that takes too many filters, prefixes and suffixes (`myproject-dev-*-api`) that end
 * anywhere are used instead, as few as possible. If names that belong to no common start are still too many, they are grouped
 * by their first part (`team/*`), which also matches repositories that nobody declares.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
export function compileScanning(unordered: readonly RegistryRequest[]): Compiled<ScanningSettings> {
  const requests = byName(unordered);
  const asking = requests.filter((request) => request.scanFrequency !== "MANUAL");
  const basic = asking.filter(({ scanType }) => scanType === "BASIC");
  const enhanced = asking.filter(({ scanType }) => scanType === "ENHANCED");
  if (basic.length > 0 && enhanced.length > 0) return { conflicts: [mixedTypes(basic, enhanced)] };

  const compiled = (["CONTINUOUS_SCAN", "SCAN_ON_PUSH"] as const).map((frequency) =>
    compileRule(frequency, requests),
  );
  const conflicts = compiled.flatMap((one) => one.conflicts);
  if (conflicts.length > 0) return { conflicts };
  const rules = compiled
    .flatMap(({ settings }) => settings ?? [])
    .filter(({ filters }) => filters.length > 0);
  return { settings: { scanType: enhanced.length > 0 ? "ENHANCED" : "BASIC", rules }, conflicts: [] };
}

function compileRule(
  scanFrequency: ScanningRule["scanFrequency"],
  requests: readonly RegistryRequest[],
): Compiled<ScanningRule> {
  const wanted = requests.filter((request) => request.scanFrequency === scanFrequency);
  if (wanted.length === 0) return { settings: { scanFrequency, filters: [] }, conflicts: [] };
  const spared = requests.filter((request) =>
    scanFrequency === "CONTINUOUS_SCAN"
      ? request.scanFrequency !== scanFrequency
      : request.scanFrequency === "MANUAL",
  );
  const floors = new Map(requests.map(({ name, namePrefix }) => [name, namePrefix]));
  const bounds = {
    forbidden: spared.map(({ name }) => name),
    floorOf: (name: string) => floors.get(name),
    maxLength: maxFilterLength - 1,
  };
  const names = wanted.map(({ name }) => name);
  const wider = { ...bounds, floorOf: (name: string) => floors.get(name) ?? firstPart(name) };
  const found =
    groupFilters(names, bounds) ??
    fewestFilters(names, bounds, maxFilters) ??
    groupFilters(names, wider) ??
    fewestFilters(names, wider, maxFilters);
  if (found === undefined) return { conflicts: [tooMany(wanted, scanFrequency)] };

  const conflicts: Conflict[] = [];
  const single = found.single.flatMap((name) => {
    const one = filterForOne(name, bounds.forbidden);
    if (one.filter !== undefined) return one.filter;
    const all = [name, ...one.caught];
    const concerned = all.flatMap((other) => requests.findLast((request) => request.name === other) ?? []);
    conflicts.push(inseparable(concerned, scanFrequency));
    return [];
  });
  if (conflicts.length > 0) return { conflicts };
  return { settings: { scanFrequency, filters: [...found.patterns, ...single].toSorted() }, conflicts: [] };
}

/** A name up to its first separator, with it; `undefined` for a name without any. */
const firstPart = (name: string): string | undefined => /^[^-._/]+[-._/]/.exec(name)?.[0];

/**
 * The filters of settings that are wider than every start that an environment owns, because single names were too many.
 *
 * @param requests as for {@link compileScanning}
 */
export function wideFilters({ rules }: ScanningSettings, requests: readonly RegistryRequest[]): string[] {
  const starts = new Set(requests.flatMap(({ namePrefix }) => namePrefix ?? []));
  const names = new Set(requests.map(({ name }) => name));
  return rules
    .flatMap(({ filters }) => filters)
    .filter((filter) => {
      if (names.has(filter.replaceAll("*", ""))) return false;
      const matched = requests.filter(({ name }) => matchesScanningFilter(filter, name));
      const before = filter.slice(0, filter.indexOf("*"));
      return matched.length > 1 && ![...starts].some((start) => before.startsWith(start));
    });
}

function groupFilters(names: readonly string[], bounds: CoverBounds) {
  const covers = coverByGroups(names, bounds);
  if (covers.length > maxFilters) return undefined;
  return {
    patterns: covers.flatMap(({ exact, prefix }) => (exact ? [] : `${prefix}*`)),
    single: covers.flatMap(({ exact, prefix }) => (exact ? prefix : [])),
  };
}

function mixedTypes(basic: readonly RegistryRequest[], enhanced: readonly RegistryRequest[]): Conflict {
  const all = [...enhanced, ...basic];
  return {
    names: all.map(({ name }) => name),
    option: "enableEnhancedScanning",
    advice: `a registry has either basic or enhanced scanning, but enhanced scanning is requested by ${listed(enhanced, all)} and basic scanning by ${listed(basic, all)}; set the same enableEnhancedScanning for all of them, or scanOnPush: false for those that need no scan`,
  };
}

function inseparable(concerned: readonly RegistryRequest[], frequency: string): Conflict {
  return {
    names: concerned.map(({ name }) => name),
    option: "scanFrequency",
    advice: `no filter for ${frequency} matches ${quoted(concerned.slice(0, 1), concerned)} without also matching ${quoted(concerned.slice(1), concerned)}, which did not request it; rename one of them or use the same scanning for both`,
  };
}

function tooMany(wanted: readonly RegistryRequest[], frequency: string): Conflict {
  return {
    names: wanted.map(({ name }) => name),
    option: "scanFrequency",
    advice: `${frequency} for ${listed(wanted)} would need more than the ${maxFilters} filters that AWS allows in a rule; use the same scanning for repositories whose names start or end alike, or rename some so that they do`,
  };
}
