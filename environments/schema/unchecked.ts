/** `T` before validation: any property can be missing. */
export type Unchecked<T> = T extends readonly (infer E)[]
  ? readonly (Unchecked<E> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Unchecked<T[K]> | undefined }
    : T;

/** A map from names to objects before validation. */
type UncheckedMap<V> = Readonly<Record<string, V | undefined>>;

/** Keys of a map; `undefined` for a value that is not a map, which the schema reports. */
export function namesIn(map: unknown): string[] | undefined {
  return typeof map === "object" && map !== null && !Array.isArray(map) ? Object.keys(map) : undefined;
}

/** Entries of a map whose values are objects. The schema reports the others. */
export function entriesIn<V extends object>(map: UncheckedMap<V> | undefined): [string, V][] {
  return (namesIn(map) ?? []).flatMap((name): [string, V][] => {
    const value = map?.[name];
    return typeof value === "object" && value !== null ? [[name, value]] : [];
  });
}

/** Elements of a list with their indexes; none for a value that is not a list, which the schema reports. */
export function itemsIn(list: unknown): [unknown, number][] {
  return Array.isArray(list) ? list.map((item: unknown, index) => [item, index]) : [];
}

/** The strings of a list with their indexes. */
export function textsIn(list: unknown): [string, number][] {
  return itemsIn(list).filter((item): item is [string, number] => typeof item[0] === "string");
}
