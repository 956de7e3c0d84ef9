import { coverNames } from "./name-cover";
import { byName, type Compiled, type Conflict, type RegistryRequest } from "./registry-requests";

/** AWS's limits. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutRegistryScanningConfiguration.html */
const maxFilters = 100;
const maxFilterLength = 255;

export interface ScanningRule {
  readonly scanFrequency: "SCAN_ON_PUSH" | "CONTINUOUS_SCAN";
  /** Globs with at least one `*`, sorted. */
  readonly filters: readonly string[];
}

/** Content of the one scanning configuration of a registry. */
export interface ScanningSettings {
  readonly scanType: "BASIC" | "ENHANCED";
  /** At most one rule for each frequency, so at most two, as AWS demands. */
  readonly rules: readonly ScanningRule[];
}

/**
 * Sum the scanning that all repositories of a registry ask for.
 *
 * A filter without `*` would match every name that contains it, so each filter holds one: `myproject-dev-*` for a
 * group, `*myproject-dev-web-app` for a single repository. Where both frequencies match, the continuous one wins, so
 * the filters of SCAN_ON_PUSH may reach over repositories that ask for CONTINUOUS_SCAN.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
export function compileScanning(unordered: readonly RegistryRequest[]): Compiled<ScanningSettings> {
  const requests = byName(unordered);
  const asking = requests.filter((request) => request.scanFrequency !== "MANUAL");
  const [basic, enhanced] = (["BASIC", "ENHANCED"] as const).map((type) =>
    asking.filter((request) => request.scanType === type).map((request) => request.name),
  ) as [string[], string[]];
  if (basic.length > 0 && enhanced.length > 0) return { conflicts: [mixedTypes(basic, enhanced)] };

  const conflicts: Conflict[] = [];
  const floors = new Map(requests.map(({ name, namePrefix }) => [name, namePrefix]));
  const ruleFor = (frequency: ScanningRule["scanFrequency"]): ScanningRule[] => {
    const wanted = requests.filter((request) => request.scanFrequency === frequency);
    const forbidden = requests
      .filter(({ scanFrequency }) =>
        frequency === "CONTINUOUS_SCAN" ? scanFrequency !== frequency : scanFrequency === "MANUAL",
      )
      .map((request) => request.name);
    const names = wanted.map((request) => request.name);
    const covers = coverNames(names, forbidden, (name) => floors.get(name) ?? name);
    if (covers.length > maxFilters) {
      conflicts.push(tooMany(names, frequency, covers.length));
      return [];
    }
    const filters = covers.flatMap((cover) => {
      const filter = cover.exact ? exactFilter(cover.prefix, forbidden) : `${cover.prefix}*`;
      if (filter === undefined) conflicts.push(inseparable(cover.prefix, frequency));
      else if (filter.length > maxFilterLength) conflicts.push(tooLong(cover.names, frequency));
      return filter ?? [];
    });
    return filters.length > 0 ? [{ scanFrequency: frequency, filters: filters.toSorted() }] : [];
  };
  const rules = [...ruleFor("CONTINUOUS_SCAN"), ...ruleFor("SCAN_ON_PUSH")];
  if (conflicts.length > 0) return { conflicts };
  return { settings: { scanType: enhanced.length > 0 ? "ENHANCED" : "BASIC", rules }, conflicts: [] };
}

/** The name with one `*` at a place where the filter matches none of the forbidden names, from the front on. */
function exactFilter(name: string, forbidden: readonly string[]): string | undefined {
  const longer = forbidden.filter((other) => other.length > name.length);
  for (let at = 0; at <= name.length; at++) {
    const [head, tail] = [name.slice(0, at), name.slice(at)];
    if (!longer.some((other) => other.startsWith(head) && other.endsWith(tail))) return `${head}*${tail}`;
  }
  return undefined;
}

function mixedTypes(basic: readonly string[], enhanced: readonly string[]): Conflict {
  return {
    names: [...enhanced, ...basic],
    option: "enableEnhancedScanning",
    advice: `a registry scans either basic or enhanced; enhanced scanning is asked for by ${listed(enhanced)} and basic scanning by ${listed(basic)}; set the same enableEnhancedScanning in all of them, or scanOnPush: false where no scan is wanted`,
  };
}

function inseparable(name: string, frequency: string): Conflict {
  return {
    names: [name],
    option: "scanFrequency",
    advice: `no filter gives ${frequency} to "${name}" without catching a repository that did not ask for it; rename one of them or give both the same scanning`,
  };
}

function tooLong(names: readonly string[], frequency: string): Conflict {
  return {
    names,
    option: "scanFrequency",
    advice: `a filter that gives ${frequency} to ${listed(names)} and nothing else would be longer than the ${maxFilterLength} characters that AWS takes; shorten the name`,
  };
}

function tooMany(names: readonly string[], frequency: string, count: number): Conflict {
  return {
    names: names.slice(0, 1),
    option: "scanFrequency",
    advice: `${frequency} would need ${count} filters in this registry and AWS takes ${maxFilters}; give repositories of one name prefix the same scanning`,
  };
}

/** The first names of a long list. */
function listed(names: readonly string[]): string {
  const shown = names.toSorted().slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
