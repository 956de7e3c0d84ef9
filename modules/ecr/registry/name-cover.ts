/** A filter for repositories: every name that starts with `prefix`, or only that name when `exact`. */
export interface Cover {
  readonly prefix: string;
  readonly exact: boolean;
  /** The names that it covers. */
  readonly names: readonly string[];
}

/** Limits for the prefixes of a cover. */
export interface CoverBounds {
  /** Names that no prefix may match. */
  readonly forbidden: readonly string[];
  /** The shortest prefix that a name may get, so that undeclared names are not matched; `undefined`: none at all. */
  readonly floorOf: (name: string) => string | undefined;
  /** The longest prefix that a name may get. @default - unlimited */
  readonly maxLength?: number;
}

/**
 * Cover names with few prefixes that read as groups and match no forbidden name.
 *
 * A prefix is used if at least two of the names start with it. It is the floor, ends at a separator or is a whole name,
 * whichever is shortest. The remaining names are covered one by one.
 *
 * @returns covers sorted by prefix, each name in one of them; the order of the input makes no difference
 */
export function coverByGroups(names: readonly string[], bounds: CoverBounds): Cover[] {
  return cover(names, bounds, (name, shortest, neighbors) => {
    const floor = bounds.floorOf(name);
    let end = shortest;
    while (end < name.length && end !== floor?.length && !"-_./".includes(name.charAt(end - 1))) end++;
    const prefix = name.slice(0, end);
    return neighbors.some((other) => other.startsWith(prefix)) ? prefix : undefined;
  });
}

/**
 * Cover names with the fewest prefixes that match no forbidden name. They may end anywhere.
 *
 * Of two prefixes of one name, the shorter covers everything that the longer does. So each name gets its shortest, and
 * prefixes that start with another one are left out. Each of the rest covers a name that no other can, so there cannot
 * be fewer. A name is covered by itself only if a forbidden name starts with it, or if it has no floor.
 *
 * @returns as {@link coverByGroups}
 */
export function coverByFewest(names: readonly string[], bounds: CoverBounds): Cover[] {
  return cover(names, bounds, (name, shortest) => name.slice(0, shortest));
}

/** @param choose the prefix for a name, given the shortest length that is safe; `undefined` for the name by itself */
function cover(
  names: readonly string[],
  { forbidden, floorOf, maxLength = Number.POSITIVE_INFINITY }: CoverBounds,
  choose: (name: string, shortest: number, neighbors: readonly string[]) => string | undefined,
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

/**
 * Shortest length of a prefix that matches no forbidden name. The names that share most with it are its neighbors when
 * sorted.
 */
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

/** Length of the common prefix of two names. */
function shared(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/**
 * Assign each name to the shortest prefix that it starts with, or to itself. Both lists are sorted, so the shortest
 * comes first.
 */
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
