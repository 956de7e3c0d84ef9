import type { Problem } from "./problem";

/** Texts that stand for "to be filled in" in examples and templates. */
const placeholder =
  /^(?:<.*>|\$\{[A-Z_]+\}|TODO|FIXME|TBD|X{3,}|x{3,})$|(?<![A-Za-z])(?:YOUR[_-][A-Z]|(?:CHANGE|REPLACE)[_-]?ME(?![A-Za-z]))/;

/** Every string in a file, at whatever depth, that was never filled in. */
export function placeholdersIn(value: unknown, path: readonly PropertyKey[] = []): Omit<Problem, "file">[] {
  if (typeof value === "string")
    return placeholder.test(value.trim())
      ? [{ path, found: value, advice: "this is a placeholder; write the real value" }]
      : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    placeholdersIn(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
