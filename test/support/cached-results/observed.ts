/** What test files loaded and read while they ran, by the file whose code did it. Paths are relative to the project. */
export interface Observed {
  /** Modules of the project that were loaded as code. */
  readonly loads: Readonly<Record<string, readonly string[]>>;
  /**
   * Files and folders that were read, or looked for in vain; {@link unknowable} for what cannot be compared later. What no
   * code of the project asked for is under {@link anyFile}.
   */
  readonly reads: Readonly<Record<string, readonly string[]>>;
}

/**
 * Stands for what cannot be compared later: a program or a thread that was started, a search for files, an import that is not
 * understood. A test file that depends on it always runs.
 */
export const unknowable = "*";

/** In place of the reading file: every test file may depend on what was read. */
export const anyFile = "";

/** All that several observations hold. */
export function merged(all: readonly Observed[]): Observed {
  return {
    loads: mergedLists(all.map(({ loads }) => loads)),
    reads: mergedLists(all.map(({ reads }) => reads)),
  };
}

function mergedLists(all: readonly Observed["reads"][]): Record<string, string[]> {
  const lists = new Map<string, Set<string>>();
  for (const [from, paths] of all.flatMap((each) => Object.entries(each)))
    for (const path of paths) addTo(lists, from, path);
  return Object.fromEntries([...lists].map(([from, paths]) => [from, [...paths]]));
}

/** Add a path to the list of a file. */
export function addTo(lists: Map<string, Set<string>>, from: string, path: string): void {
  const known = lists.get(from);
  if (known === undefined) lists.set(from, new Set([path]));
  else known.add(path);
}
