import type { RegistryRequest } from "../../../modules/ecr/registry/registry-requests";
import type { ScanningSettings } from "../../../modules/ecr/registry/scanning-settings";

/**
 * Whether AWS's filter matches a name: without `*` it is contained, with `*` it is a glob for the whole name.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
export function matches(filter: string, name: string): boolean {
  return filter.includes("*") ? glob(filter, name) : name.includes(filter);
}

function glob(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern.startsWith("*"))
    return glob(pattern.slice(1), text) || (text !== "" && glob(pattern, text.slice(1)));
  return text !== "" && text[0] === pattern[0] && glob(pattern.slice(1), text.slice(1));
}

/** How AWS would scan a repository: continuous takes precedence; without a matching filter, no scan is automatic. */
export function frequencyOf(name: string, { rules }: ScanningSettings): RegistryRequest["scanFrequency"] {
  const found = rules.filter(({ filters }) => filters.some((filter) => matches(filter, name)));
  if (found.some(({ scanFrequency }) => scanFrequency === "CONTINUOUS_SCAN")) return "CONTINUOUS_SCAN";
  return found.length > 0 ? "SCAN_ON_PUSH" : "MANUAL";
}

/** Whether each filter matches prod, repo-prod, prod-repo, repo-prod-repo and prodrepo, as AWS documents it. */
export const documentedMatches: readonly (readonly [filter: string, documented: readonly boolean[]])[] = [
  ["prod", [true, true, true, true, true]],
  ["*prod", [true, true, false, false, false]],
  ["prod*", [true, false, true, false, true]],
  ["*prod*", [true, true, true, true, true]],
  ["prod*repo", [false, false, true, false, true]],
];

/** The names in {@link documentedMatches}. */
export const documentedNames = ["prod", "repo-prod", "prod-repo", "repo-prod-repo", "prodrepo"];

/** AWS's pattern for a filter, of up to 255 characters. */
export const filterPattern = /^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$/;
