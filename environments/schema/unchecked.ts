/** `T` before validation: anything may be missing. */
export type Unchecked<T> = T extends readonly (infer E)[]
  ? readonly (Unchecked<E> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Unchecked<T[K]> | undefined }
    : T;

/** A map from names to objects before validation. */
type UncheckedMap<V> = Readonly<Record<string, V | undefined>>;

/** Names in a map, whatever they name. `undefined` when it is not a map, which its shape reports. */
export function namesIn(map: unknown): string[] | undefined {
  return typeof map === "object" && map !== null && !Array.isArray(map) ? Object.keys(map) : undefined;
}

/** Entries of a map, without those that are not objects, which their shape reports. */
export function entriesIn<V extends object>(map: UncheckedMap<V> | undefined): [string, V][] {
  return (namesIn(map) ?? []).flatMap((name): [string, V][] => {
    const value = map?.[name];
    return typeof value === "object" && value !== null ? [[name, value]] : [];
  });
}

/** Entries of a list with their positions; none when it is not a list, which its shape reports. */
export function itemsIn(list: unknown): [unknown, number][] {
  return Array.isArray(list) ? list.map((item: unknown, index) => [item, index]) : [];
}

/** The strings of a list with their positions. */
export function textsIn(list: unknown): [string, number][] {
  return itemsIn(list).filter((item): item is [string, number] => typeof item[0] === "string");
}
