/**
 * The size of the smallest choice of filters that covers every name, by trying all.
 *
 * @param filtersFor filters that cover a name, at least one
 */
export function smallestCover(
  names: readonly string[],
  filtersFor: (name: string) => readonly string[],
  covers: (filter: string, name: string) => boolean,
): number {
  const choices = new Map(
    names.map((name) => [
      name,
      filtersFor(name).map((filter) => names.filter((other) => covers(filter, other))),
    ]),
  );
  const known = new Map<string, number>([["", 0]]);
  const sizeFor = (left: readonly string[]): number => {
    const key = left.join();
    const size = known.get(key) ?? 1 + Math.min(...afterEachChoice(left).map(sizeFor));
    known.set(key, size);
    return size;
  };
  const afterEachChoice = (left: readonly string[]) =>
    (choices.get(left[0] ?? "") ?? []).map((covered) => left.filter((name) => !covered.includes(name)));
  return sizeFor(names);
}
