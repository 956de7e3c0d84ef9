import { distance } from "fastest-levenshtein";

/** One thing that is wrong with an environment file. */
export interface Problem {
  /** The file to edit, e.g. `environments/prod.ts`. */
  readonly file: string;
  /** Where in the file, e.g. `["ecr", "repositories", "web-app", "scanFrequency"]`. */
  readonly path: readonly PropertyKey[];
  /** The value found there; `undefined` is shown as "nothing". */
  readonly found: unknown;
  /** The rule it breaks and what to do, separated by a semicolon. */
  readonly advice: string;
}

/** A problem of one file, before the file's path is known. */
export type FileProblem = Omit<Problem, "file">;

/** Thrown when the environment files break a rule. Holds every problem found, so that one run shows them all. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(renderProblems(problems));
    this.name = "ConfigurationError";
  }
}

/**
 * One line for each problem, without repeated lines, in the order given.
 */
export function renderProblems(problems: readonly Problem[]): string {
  return [...new Set(problems.map(renderProblem))].join("\n");
}

/** Line breaks as TypeScript escapes them. Advice can contain names from the file, and a problem takes one line. */
const lineEnds: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

function renderProblem({ file, path, found, advice }: Problem): string {
  const line = `${file}: ${renderPath(path)}: found ${renderValue(found)}; ${advice}`;
  return line.replace(/[\n\r\u2028\u2029]/g, (end) => lineEnds[end] ?? end);
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

const longestValue = 120;

/** A value as JSON, shortened to 120 characters; "nothing" for `undefined`. */
export function renderValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = textOf(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

/** JSON, extended to what JSON cannot hold: big integers, numbers such as `NaN`, and objects that contain themselves. */
function textOf(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "number") return String(value);
  const holders: unknown[] = [];
  function shown(this: unknown, _key: string, inner: unknown): unknown {
    if (typeof inner === "bigint") return `${inner}n`;
    if (typeof inner === "number" && !Number.isFinite(inner)) return String(inner);
    if (typeof inner !== "object" || inner === null) return inner;
    holders.length = holders.indexOf(this) + 1;
    if (holders.includes(inner)) return "[Circular]";
    holders.push(inner);
    return inner;
  }
  return JSON.stringify(value, shown) ?? String(value);
}

/** Words are compared without case, `_` and `-`, so that `image_tag_mutability` matches `imageTagMutability`. */
const fold = (word: string): string => word.toLowerCase().replace(/[_-]/g, "");

/**
 * `did you mean "x"?` when a known word is close; `undefined` when none is. Close means that at most a third of the letters
 * differ. Of two equally close words, the one with the same first letter wins.
 */
export function suggest(word: unknown, known: readonly string[]): string | undefined {
  if (typeof word !== "string") return undefined;
  const sameStart = (other: string) => fold(other)[0] === fold(word)[0];
  const [nearest] = known
    .map((other) => ({ other, edits: distance(fold(word), fold(other)) }))
    .toSorted((a, b) => a.edits - b.edits || Number(sameStart(b.other)) - Number(sameStart(a.other)));
  return nearest !== undefined && nearest.edits <= Math.max(1, nearest.other.length / 3)
    ? `did you mean "${nearest.other}"?`
    : undefined;
}

/**
 * The advice for a name that a section of the file does not define.
 *
 * @param section where such names are defined, e.g. `ecr.repositories`
 * @param kind what they name, e.g. `repository`
 * @param known the names that the section defines
 */
export function unknownName(section: string, kind: string, name: string, known: readonly string[]): string {
  // An empty name or one with spaces has its own problem, and would be unreadable in this sentence.
  const legible = known.filter((one) => /^[\w./-]+$/.test(one));
  const others = legible.length > 0 ? `there are ${legible.join(", ")}` : `add it to ${section}`;
  return `${section} has no ${kind} of this name; ${suggest(name, known) ?? others}`;
}
