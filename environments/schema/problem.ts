import { distance } from "fastest-levenshtein";

/** One thing that is wrong with an environment file. */
export interface Problem {
  /** The file to edit, e.g. `environments/prod.ts`. */
  readonly file: string;
  /** Where in the file, e.g. `["ecr", "repositories", "web-app", "scanFrequency"]`. */
  readonly path: readonly PropertyKey[];
  /** The value found there; `undefined` reads as "nothing". */
  readonly found: unknown;
  /** The rule it breaks and what to do, parted by a semicolon. */
  readonly advice: string;
}

/** Thrown when the environment files break a rule. Holds every problem found, so that one run shows them all. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(renderProblems(problems));
    this.name = "ConfigurationError";
  }
}

/**
 * One line for each problem, each line once, in the order given. `loadEnvironments` gives those of each file in the order
 * in which they were found, file by file, and then those between files.
 */
export function renderProblems(problems: readonly Problem[]): string {
  return [...new Set(problems.map(renderProblem))].join("\n");
}

/** Line ends as TypeScript writes them in a text: names of the file are in some advice, and a problem has one line. */
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

/** A path as it is written in TypeScript: `ecr.repositories["web-app"].maxImageCount`. */
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

/** A value as JSON, cut where it is long; "nothing" for `undefined`. */
export function renderValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = textOf(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

/** JSON, and words for what it has none for: big integers, numbers such as `NaN`, and an object that holds itself. */
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

/** Words are compared without case, `_` and `-`, so that `image_tag_mutability` finds `imageTagMutability`. */
const fold = (word: string): string => word.toLowerCase().replace(/[_-]/g, "");

/**
 * `did you mean "x"?` when one of the candidates is close to the word; `undefined` when none is.
 * Close means: at most a third of its letters differ. Of two equally close ones, the one with the same first letter.
 */
export function suggest(word: unknown, candidates: readonly string[]): string | undefined {
  if (typeof word !== "string") return undefined;
  const sameStart = (candidate: string) => fold(candidate)[0] === fold(word)[0];
  const [nearest] = candidates
    .map((candidate) => ({ candidate, off: distance(fold(word), fold(candidate)) }))
    .toSorted((a, b) => a.off - b.off || Number(sameStart(b.candidate)) - Number(sameStart(a.candidate)));
  return nearest !== undefined && nearest.off <= Math.max(1, nearest.candidate.length / 3)
    ? `did you mean "${nearest.candidate}"?`
    : undefined;
}

/**
 * What to say of a name that a section of the file does not have, as "rule; remedy".
 *
 * @param section where such names are given, e.g. `ecr.repositories`
 * @param kind what they name, e.g. `repository`
 * @param known the names that there are
 */
export function unknownName(section: string, kind: string, name: string, known: readonly string[]): string {
  // A name that is empty or has spaces is reported itself, and cannot be told from what stands around it.
  const legible = known.filter((one) => /^[\w./-]+$/.test(one));
  const others = legible.length > 0 ? `there are ${legible.join(", ")}` : `add it to ${section}`;
  return `${section} has no ${kind} of this name; ${suggest(name, known) ?? others}`;
}
