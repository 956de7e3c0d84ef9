/** Where something is written. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** An expression whose value nobody can know from the files alone. */
export interface Unknown {
  readonly kind: "unknown";
  readonly place: Place;
  /** The expression as it is written. */
  readonly source: string;
  /** Why it has no value, e.g. `var.environment has no value here`. */
  readonly reason: string;
  /** Whether it is the key of an entry that a later one with the same key replaces. @default - no */
  readonly isReplaced?: true;
}

/** A text, number, boolean or `null`. */
export interface Scalar {
  readonly kind: "scalar";
  readonly place: Place;
  readonly value: string | number | boolean | null;
}

/** A list, tuple or set. */
export interface List {
  readonly kind: "list";
  readonly place: Place;
  readonly items: readonly Value[];
}

/** One entry of an object, at the place of its key. */
export interface Entry {
  readonly place: Place;
  readonly value: Value;
}

/** An object or a map. */
export interface Dictionary {
  readonly kind: "object";
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Keys that have no value. */
  readonly unknownKeys: readonly Unknown[];
}

/** A value in HCL, with the place of each of its parts. */
export type Value = Unknown | Scalar | List | Dictionary;

/** The expressions without a value in a value, itself included. */
export function unknownsIn(value: Value): Unknown[] {
  if (value.kind === "unknown") return [value];
  if (value.kind === "list") return value.items.flatMap(unknownsIn);
  if (value.kind !== "object") return [];
  return [...value.unknownKeys, ...[...value.entries.values()].flatMap((entry) => unknownsIn(entry.value))];
}

/** A value as JavaScript has it. What is unknown is left out. */
export function plain(value: Value): unknown {
  if (value.kind === "scalar") return value.value;
  if (value.kind === "list") return value.items.filter(({ kind }) => kind !== "unknown").map(plain);
  if (value.kind === "unknown") return undefined;
  const known = [...value.entries].filter(([, entry]) => entry.value.kind !== "unknown");
  return Object.fromEntries(known.map(([key, entry]) => [key, plain(entry.value)]));
}

/** A JavaScript value at a place. */
export function placed(value: unknown, place: Place): Value {
  if (Array.isArray(value))
    return { kind: "list", place, items: value.map((item: unknown) => placed(item, place)) };
  if (typeof value !== "object" || value === null)
    return { kind: "scalar", place, value: value as Scalar["value"] };
  const entries = Object.entries(value).map(([key, inner]): [string, Entry] => [
    key,
    { place, value: placed(inner, place) },
  ]);
  return { kind: "object", place, entries: new Map(entries), unknownKeys: [] };
}

/** The entry of an object, also of one whose value is `null`. */
export const entryOf = (value: Value | undefined, key: string): Entry | undefined =>
  value?.kind === "object" ? value.entries.get(key) : undefined;
