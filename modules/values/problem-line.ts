import type { ValueProblem } from "./value-problem";

/** A problem with a value in one line: `<place>: <path>: found <value>; <rule>; <remedy>`. */
export function problemLine(place: string, { path, found, isDefault = false, advice }: ValueProblem): string {
  const value = `${renderValue(found)}${isDefault ? " (the default)" : ""}`;
  const line = `${place}: ${renderPath(path)}: found ${value}; ${advice}`;
  return line.replace(/[\p{Cc}\u2028\u2029]/gu, escaped);
}

/**
 * A control character or line break as TypeScript escapes it. Values and names from the file can contain them, each
 * problem is one line, and a terminal obeys some of them.
 */
function escaped(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A path in TypeScript syntax: `ecr.repositories["web-app"].maxImageCount`. */
export function renderPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "(top level)";
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (!/^[A-Za-z_$][\w$]*$/.test(String(key))) text += `[${JSON.stringify(String(key))}]`;
    else text += text === "" ? String(key) : `.${String(key)}`;
  }
  return text;
}

const maxValueLength = 120;

/** A value as JSON, truncated to 120 characters; "nothing" for `undefined`. */
export function renderValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = textOf(value);
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength)}…` : text;
}

/**
 * JSON, extended to values that JSON cannot represent: big integers, numbers such as `NaN`, and circular references.
 */
function textOf(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return String(value);
  const ancestors: unknown[] = [];
  function replacer(this: unknown, _key: string, inner: unknown): unknown {
    if (typeof inner === "bigint") return `${inner}n`;
    if (typeof inner === "number" && !Number.isFinite(inner)) return String(inner);
    if (typeof inner !== "object" || inner === null) return inner;
    ancestors.length = ancestors.indexOf(this) + 1;
    if (ancestors.includes(inner)) return "[Circular]";
    ancestors.push(inner);
    return inner;
  }
  return JSON.stringify(value, replacer) ?? String(value);
}
