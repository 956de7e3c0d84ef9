/** What is known of a map from names to objects before its shape is known to be right. */
type CandidateMap<V> = Readonly<Record<string, V | undefined>>;

/** Names in a map, whatever they name. `undefined` where there is no map, which is reported by its shape. */
export function namesIn(map: unknown): string[] | undefined {
  return typeof map === "object" && map !== null && !Array.isArray(map) ? Object.keys(map) : undefined;
}

/** Entries of a map: those that are objects at least. */
export function entriesIn<V extends object>(map: CandidateMap<V> | undefined): [string, V][] {
  return (namesIn(map) ?? []).flatMap((name): [string, V][] => {
    const value = map?.[name];
    return typeof value === "object" && value !== null ? [[name, value]] : [];
  });
}
