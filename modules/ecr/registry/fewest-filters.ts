import { groupBy } from "../../values/group-by";
import { type Cover, type CoverBounds, coverByFewest } from "./name-cover";

/** A name to cover, and the two covers that can do so. */
interface Choice {
  readonly prefix: Cover;
  readonly suffix: SuffixCover;
}

/** Every name that starts with `floor` and ends with `suffix`. */
interface SuffixCover {
  readonly floor: string;
  readonly suffix: string;
  readonly exact: boolean;
}

/** Patterns with one `*` for several names, and the names that no such pattern covers. */
export interface FewestFilters {
  readonly patterns: readonly string[];
  readonly single: readonly string[];
}

/**
 * Cover names with the fewest patterns `prefix*` and `floor*suffix` that match no forbidden name.
 *
 * Every name has one best prefix and one best suffix: the shortest that is safe. So it is an edge between the two, and
 * the fewest patterns that cover every name are the minimum vertex cover of a bipartite graph. By Kőnig's theorem it is
 * as large as the maximum matching.
 *
 * @param max maximum number of filters
 * @returns `undefined` when more are needed; the order of the input makes no difference
 */
export function fewestFilters(
  names: readonly string[],
  bounds: CoverBounds,
  max: number,
): FewestFilters | undefined {
  const choices = choicesOf(names, bounds);
  const byPrefix = groupBy(choices, ({ prefix }) => prefix);
  const matched = new Map<SuffixCover, Cover>();
  let visited = new Set<SuffixCover>();

  /** Match a prefix, moving earlier ones to other suffixes where that makes room. */
  const augment = (prefix: Cover): boolean =>
    (byPrefix.get(prefix) ?? []).some(({ suffix }) => {
      if (visited.has(suffix)) return false;
      visited.add(suffix);
      const holder = matched.get(suffix);
      if (holder !== undefined && !augment(holder)) return false;
      matched.set(suffix, prefix);
      return true;
    });

  for (const prefix of byPrefix.keys()) {
    // An attempt that failed fails until the matching changes, so the visited suffixes are reset only then.
    if (!augment(prefix)) continue;
    if (matched.size > max) return undefined;
    visited = new Set();
  }
  return selected(byPrefix, matched);
}

/** The vertex cover: suffixes that an unmatched prefix reaches on alternating paths, and prefixes that none reaches. */
function selected(
  byPrefix: ReadonlyMap<Cover, readonly Choice[]>,
  matched: ReadonlyMap<SuffixCover, Cover>,
): FewestFilters {
  const held = new Set(matched.values());
  const reached = new Set([...byPrefix.keys()].filter((prefix) => !held.has(prefix)));
  const suffixes = new Set<SuffixCover>();
  for (const prefix of reached)
    for (const { suffix } of byPrefix.get(prefix) ?? []) {
      suffixes.add(suffix);
      const holder = matched.get(suffix);
      if (holder !== undefined) reached.add(holder);
    }
  const prefixes = [...byPrefix.keys()].filter((prefix) => !reached.has(prefix));
  const chosen = [
    ...prefixes.map(({ exact, prefix }) => ({ exact, name: prefix, pattern: `${prefix}*` })),
    ...[...suffixes].map(({ exact, floor, suffix }) => ({
      exact,
      name: floor + suffix,
      pattern: `${floor}*${suffix}`,
    })),
  ];
  return {
    patterns: chosen.flatMap(({ exact, pattern }) => (exact ? [] : pattern)).toSorted(),
    single: chosen.flatMap(({ exact, name }) => (exact ? name : [])).toSorted(),
  };
}

/** The best prefix and suffix of each name, sorted by name. */
function choicesOf(names: readonly string[], bounds: CoverBounds): Choice[] {
  const suffixes = new Map<string, SuffixCover>();
  for (const [floor, group] of groupBy(names, bounds.floorOf))
    for (const [name, cover] of floor === undefined ? group.map(alone) : suffixCovers(floor, group, bounds))
      suffixes.set(name, cover);
  return coverByFewest(names, bounds).flatMap((prefix) =>
    prefix.names.flatMap((name) => {
      const suffix = suffixes.get(name);
      return suffix === undefined ? [] : { prefix, suffix };
    }),
  );
}

const alone = (name: string): [string, SuffixCover] => [name, { floor: "", suffix: name, exact: true }];

/** Suffixes are prefixes of what follows the floor, read backwards. */
function suffixCovers(
  floor: string,
  names: readonly string[],
  { forbidden, maxLength = Number.POSITIVE_INFINITY }: CoverBounds,
): [string, SuffixCover][] {
  const backwards = (name: string) => [...name.slice(floor.length)].reverse().join("");
  const covers = coverByFewest(names.map(backwards), {
    forbidden: forbidden.filter((name) => name.startsWith(floor)).map(backwards),
    floorOf: () => "",
    maxLength: maxLength - floor.length,
  });
  return covers.flatMap(({ prefix, exact, names: covered }) => {
    const suffix = { floor, suffix: [...prefix].reverse().join(""), exact };
    return covered.map((name): [string, SuffixCover] => [floor + [...name].reverse().join(""), suffix]);
  });
}
