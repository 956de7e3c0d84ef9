/** A filter for repositories: every name that begins with `prefix`, or the one name when `exact`. */
export interface Cover {
  readonly prefix: string;
  readonly exact: boolean;
  /** The names that it covers. */
  readonly names: readonly string[];
}

/** What bounds the prefixes of a cover. */
export interface CoverBounds {
  /** Names that no prefix may catch. */
  readonly forbidden: readonly string[];
  /** The shortest prefix that may be made for a name, so that names nobody declared stay out; `undefined`: none at all. */
  readonly floorOf: (name: string) => string | undefined;
  /** The longest prefix that may be made. Default: any. */
  readonly maxLength?: number;
}

/**
 * Cover names by few prefixes that read as groups and catch no forbidden name.
 *
 * A prefix is used where at least two of the names begin with it. It is the floor, or ends at a separator, or is a
 * whole name, and is the shortest of these. What is left is covered name by name.
 *
 * @returns covers ordered by prefix, each name in one of them; the order of the input makes no difference
 */
export function coverByGroups(names: readonly string[], bounds: CoverBounds): Cover[] {
  return cover(names, bounds, (name, shortest, neighbours) => {
    const floor = bounds.floorOf(name);
    let end = shortest;
    while (end < name.length && end !== floor?.length && !"-_./".includes(name.charAt(end - 1))) end++;
    const prefix = name.slice(0, end);
    return neighbours.some((other) => other.startsWith(prefix)) ? prefix : undefined;
  });
}

/**
 * Cover names by the fewest prefixes that catch no forbidden name. They may end anywhere.
 *
 * Of two prefixes of one name, the shorter covers all that the longer does. So each name takes its shortest, and those
 * that begin with another are left out. Each of the rest covers a name that no other can, so there are no fewer. Only
 * a name that a forbidden one begins with, or that has no floor, is covered by itself.
 *
 * @returns as {@link coverByGroups}
 */
export function coverByFewest(names: readonly string[], bounds: CoverBounds): Cover[] {
  return cover(names, bounds, (name, shortest) => name.slice(0, shortest));
}

/** @param choose the prefix for a name, given the least length that is safe; `undefined` for the name by itself */
function cover(
  names: readonly string[],
  { forbidden, floorOf, maxLength = Number.POSITIVE_INFINITY }: CoverBounds,
  choose: (name: string, shortest: number, neighbours: readonly string[]) => string | undefined,
): Cover[] {
  const sorted = [...new Set(names)].toSorted();
  const sortedForbidden = [...new Set(forbidden)].toSorted();
  const prefixes = sorted.flatMap((name, index) => {
    const floor = floorOf(name);
    if (floor === undefined) return [];
    const shortest = Math.max(floor.length, safeLength(name, sortedForbidden));
    if (shortest > name.length) return [];
    const prefix = choose(
      name,
      shortest,
      sorted.slice(Math.max(0, index - 1), index + 2).filter((other) => other !== name),
    );
    return prefix === undefined || prefix.length > maxLength ? [] : prefix;
  });
  return assign(sorted, prefixes.toSorted());
}

/** How long a prefix must be to catch no forbidden name. Those that share most with a name stand beside it. */
function safeLength(name: string, sortedForbidden: readonly string[]): number {
  let low = 0;
  let high = sortedForbidden.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sortedForbidden[middle] ?? "") < name) low = middle + 1;
    else high = middle;
  }
  const beside = [sortedForbidden[low - 1], sortedForbidden[low]].filter((other) => other !== undefined);
  return Math.max(0, ...beside.map((other) => shared(name, other) + 1));
}

/** How many characters two names begin with together. */
function shared(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Each name to the shortest prefix it begins with, or to itself. Both lists are sorted, so that one comes first. */
function assign(names: readonly string[], prefixes: readonly string[]): Cover[] {
  const covers: (Cover & { names: string[] })[] = [];
  let next = 0;
  for (const name of names) {
    while ((prefixes[next] ?? name) < name && !name.startsWith(prefixes[next] ?? "")) next++;
    const prefix = prefixes[next];
    const caught = prefix !== undefined && name.startsWith(prefix);
    const last = covers.at(-1);
    if (caught && last?.exact === false && last.prefix === prefix) last.names.push(name);
    else covers.push({ prefix: caught ? prefix : name, exact: !caught, names: [name] });
  }
  return covers;
}
