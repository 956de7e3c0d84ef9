import { unknowable } from "./observed";

/** Of the test files that passed: what their results depend on. */
export interface ResultCache {
  /** Every path that a result depends on, and what it held. */
  readonly paths: readonly (readonly [path: string, fingerprint: string])[];
  /** For each test file, the positions in {@link paths} of what its result depends on. */
  readonly passed: Readonly<Record<string, readonly number[]>>;
}

/**
 * The test files that would pass again, because nothing that their results depend on has changed.
 *
 * @param fingerprint what a path holds now
 */
export function unchangedFiles(cache: ResultCache, fingerprint: (path: string) => string): string[] {
  const isUnchanged = cache.paths.map(([path, before]) => fingerprint(path) === before);
  return Object.keys(cache.passed).filter((file) => cache.passed[file]?.every((index) => isUnchanged[index]));
}

/**
 * The cache after a run: results of the run, and earlier ones that still hold.
 *
 * @param passed what each of these results depends on, by the test file
 * @param fingerprint what a path held from the start of the run to its end; `undefined` if it may have changed meanwhile. It is
 *   called for each path of each test file
 */
export function cacheOf(
  passed: ReadonlyMap<string, readonly string[]>,
  fingerprint: (path: string) => string | undefined,
): ResultCache {
  const isKnown = (path: string) => path !== unknowable && fingerprint(path) !== undefined;
  const kept = [...passed].filter(([, paths]) => paths.every(isKnown));
  const all = [...new Set(kept.flatMap(([, paths]) => paths))];
  const positions = new Map(all.map((path, position) => [path, position]));
  return {
    paths: all.map((path) => [path, fingerprint(path) ?? ""]),
    passed: Object.fromEntries(
      kept.map(([file, paths]) => [file, paths.flatMap((path) => positions.get(path) ?? [])]),
    ),
  };
}

/** What the result of a test file depends on, by the cache. */
export const dependenciesIn = (cache: ResultCache, file: string): string[] =>
  (cache.passed[file] ?? []).flatMap((index) => cache.paths[index]?.[0] ?? []);
