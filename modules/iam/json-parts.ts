import type { Located, Path } from "./statement-parts";

/** Reports a problem with the shape of a JSON value. */
export type Report = (path: Path, found: unknown, advice: string) => void;

/** The object that a value is; an empty one, reported, for others. */
export function objectAt(
  value: unknown,
  path: Path,
  example: string,
  report: Report,
): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  report(path, value, `this must be an object; use ${example}`);
  return {};
}

/** Texts in a list, or one without brackets. @param empty the empty text, where it is valid */
export function textsAt(value: unknown, path: Path, report: Report, empty?: ""): Located[] {
  const list: [unknown, Path][] = Array.isArray(value)
    ? value.map((item, index) => [item, [...path, index]])
    : [[value, path]];
  if (list.length === 0) report(path, value, "an empty list applies to nothing; add an entry");
  return list.flatMap(([item, at]) => {
    if (typeof item === "string" && (item !== "" || item === empty)) return [{ value: item, path: at }];
    report(at, item, "this must be a non-empty string; use a string in quotes");
    return [];
  });
}
