import type { ValueProblem } from "../../modules/values/issues";
import { suggest } from "../../modules/values/suggestion";

/** A problem in an environment file, e.g. at `["ecr", "repositories", "web-app", "scanFrequency"]`. */
export interface Problem extends ValueProblem {
  /** The file to edit, e.g. `environments/prod.ts`. */
  readonly file: string;
  /** Line of the file where the option is written. @default - unknown */
  readonly line?: number | undefined;
}

/** Thrown when the environment files break a rule. Contains every problem found, so that one run shows all of them. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(renderProblems(problems));
    this.name = "ConfigurationError";
  }
}

/**
 * One line for each problem, in the given order, without duplicates.
 */
export function renderProblems(problems: readonly Problem[]): string {
  return [...new Set(problems.map(renderProblem))].join("\n");
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

function renderProblem({ file, line: number, path, found, isDefault = false, advice }: Problem): string {
  const value = `${renderValue(found)}${isDefault ? " (the default)" : ""}`;
  const place = number === undefined ? file : `${file}:${number}`;
  const line = `${place}: ${renderPath(path)}: found ${value}; ${advice}`;
  return line.replace(/[\p{Cc}\u2028\u2029]/gu, escaped);
}

/** A path in TypeScript syntax: `ecr.repositories["web-app"].maxImageCount`. */
export function renderPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "(top level)";
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${key}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(String(key))) return `[${JSON.stringify(String(key))}]`;
      return index === 0 ? String(key) : `.${String(key)}`;
    })
    .join("");
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

/**
 * The advice for a name that a section of the file does not define.
 *
 * @param section the section that defines such names, e.g. `ecr.repositories`
 * @param kind what the name identifies, e.g. `repository`
 * @param known the names that the section defines
 */
export function unknownName(section: string, kind: string, name: string, known: readonly string[]): string {
  // Empty names and names with spaces are reported elsewhere and would be unreadable in this sentence.
  const readable = known.filter((one) => /^[\w./-]+$/.test(one));
  const remedy = readable.length > 0 ? `choose from ${readable.join(", ")}` : `add it to ${section}`;
  return `${section} has no ${kind} with this name; ${suggest(name, known) ?? remedy}`;
}
