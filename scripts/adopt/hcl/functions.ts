import { type Entry, type List, type Place, placed, plain, type Value } from "./value";

type Evaluated = (values: readonly Value[], place: Place) => Value | undefined;

const scalar =
  (work: (...values: readonly unknown[]) => unknown): Evaluated =>
  (values, place) =>
    placed(work(...values.map(plain)), place);

const same: Evaluated = ([value]) => value;

/** An argument that is a list, with its items in place. */
const itemsOf = (value: Value | undefined): readonly Value[] => (value?.kind === "list" ? value.items : []);

const listOf = (items: readonly Value[], place: Place): List => ({ kind: "list", place, items });

/** Each item once. */
const distinct: Evaluated = ([value], place) => {
  const seen = new Map(itemsOf(value).map((item) => [JSON.stringify(plain(item)), item]));
  return value?.kind === "list" ? listOf([...seen.values()], place) : undefined;
};

/** The last of several entries with one name counts, at its own place. */
const merge: Evaluated = (values, place) => {
  const objects = values.flatMap((value) => (value.kind === "object" ? [value] : []));
  const others = values.filter(({ kind }) => kind !== "object");
  if (others.some(({ kind }) => kind !== "unknown")) return undefined;
  const entries = new Map<string, Entry>(objects.flatMap((object) => [...object.entries]));
  const unknownKeys = [
    ...objects.flatMap((object) => object.unknownKeys),
    ...others.flatMap((value) => (value.kind === "unknown" ? [value] : [])),
  ];
  return { kind: "object", place, entries, unknownKeys };
};

/** The functions that environment files of Terraform use, by name. */
const functions: Readonly<Record<string, Evaluated>> = {
  coalesce: (values) =>
    values.find(
      (value) =>
        value.kind === "unknown" || (value.kind === "scalar" && value.value !== null && value.value !== ""),
    ),
  concat: (values, place) =>
    listOf(
      values.flatMap((value) => (value.kind === "list" ? value.items : [value])),
      place,
    ),
  contains: scalar((list, item) => Array.isArray(list) && list.includes(item)),
  distinct,
  format: ([pattern, ...values], place) =>
    formatted(String(plain(pattern as Value)), values.map(plain), place),
  join: scalar((separator, list) => (Array.isArray(list) ? list.join(String(separator)) : "")),
  jsondecode: ([text], place) => parsed(plain(text as Value), place),
  jsonencode: scalar((value) => JSON.stringify(value)),
  lower: scalar((text) => String(text).toLowerCase()),
  merge,
  tolist: same,
  tomap: same,
  tonumber: scalar(Number),
  toset: distinct,
  tostring: scalar(String),
  trimspace: scalar((text) => String(text).trim()),
  try: ([first]) => first,
  upper: scalar((text) => String(text).toUpperCase()),
};

/** What a function returns; `undefined` for one that is not evaluated. */
export function call(name: string, values: readonly Value[], place: Place): Value | undefined {
  return Object.hasOwn(functions, name) ? functions[name]?.(values, place) : undefined;
}

function parsed(text: unknown, place: Place): Value | undefined {
  try {
    return placed(JSON.parse(String(text)), place);
  } catch {
    return undefined;
  }
}

/** Only `%s` and `%d`. */
function formatted(pattern: string, values: readonly unknown[], place: Place): Value | undefined {
  if (pattern.replace(/%[sd%]/g, "").includes("%")) return undefined;
  const rest = [...values];
  return placed(
    pattern.replace(/%([sd%])/g, (_, verb: string) => (verb === "%" ? "%" : String(rest.shift()))),
    place,
  );
}
