/** A filter for repositories: every name that begins with `prefix`, or the one name when `exact`. */
export interface Cover {
  readonly prefix: string;
  readonly exact: boolean;
  /** The names it was made for. */
  readonly names: readonly string[];
}

/**
 * Cover names by few prefixes without touching others.
 *
 * A prefix is used where at least two of the names begin with it and none of the forbidden ones does. It ends at a
 * separator, so that it reads as a group (`myproject-dev-`), and never reaches above the floor of its names, so that
 * it cannot catch a repository that this project did not name. What is left is covered name by name.
 *
 * @param names the names to cover
 * @param forbidden names that no prefix may catch
 * @param floorOf the shortest prefix allowed for a name
 * @returns covers ordered by prefix; the order of the input makes no difference
 */
export function coverNames(
  names: readonly string[],
  forbidden: readonly string[],
  floorOf: (name: string) => string,
): Cover[] {
  const sortedForbidden = [...new Set(forbidden)].toSorted();
  const sorted = [...new Set(names)].toSorted();
  const covers: Cover[] = [];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const first = sorted[start] ?? "";
    const prefix = prefixesOf(first, floorOf(first)).find(
      (candidate) => sorted[start + 1]?.startsWith(candidate) && !someStartsWith(sortedForbidden, candidate),
    );
    end = start + 1;
    while (prefix !== undefined && sorted[end]?.startsWith(prefix)) end++;
    covers.push({ prefix: prefix ?? first, exact: prefix === undefined, names: sorted.slice(start, end) });
  }
  return covers;
}

/** Prefixes that end at a separator, from the floor to the whole name, shortest first. */
function prefixesOf(name: string, floor: string): string[] {
  const prefixes = [floor];
  for (let end = floor.length + 1; end < name.length; end++)
    if ("-_./".includes(name.charAt(end - 1))) prefixes.push(name.slice(0, end));
  return prefixes;
}

/** Whether a sorted name begins with the prefix: the first name not below the prefix tells. */
function someStartsWith(sorted: readonly string[], prefix: string): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < prefix) low = middle + 1;
    else high = middle;
  }
  return sorted[low]?.startsWith(prefix) ?? false;
}
