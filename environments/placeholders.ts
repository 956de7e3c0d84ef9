import type { Problem } from "./problem";
import type { RawValue } from "./raw-values";

/** Texts that stand for "to be filled in" in examples and templates. */
const placeholder =
  /^(?:<.*>|\$\{[A-Z_]+\}|TODO|FIXME|TBD|X{3,}|x{3,})$|(?<![A-Za-z])(?:YOUR[_-][A-Z]|(?:CHANGE|REPLACE)[_-]?ME(?![A-Za-z]))/;

/** Every string in a file, at whatever depth, that was never filled in. */
export function placeholdersIn(values: readonly RawValue[]): Omit<Problem, "file">[] {
  return values.flatMap(({ path, value }) =>
    typeof value === "string" && placeholder.test(value.trim())
      ? [{ path, found: value, advice: "this is a placeholder; write the real value" }]
      : [],
  );
}
