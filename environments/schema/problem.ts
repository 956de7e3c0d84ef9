import type { ValueProblem } from "../../modules/values/issues";
import { problemLine } from "../../modules/values/problem-line";
import { suggest } from "../../modules/values/suggestion";

export { renderPath, renderValue } from "../../modules/values/problem-line";

/** A problem in an environment file, e.g. at `["ecr", "repositories", "web-app", "scanFrequency"]`. */
export interface Problem extends ValueProblem {
  /** The file to edit, e.g. `environments/prod.ts`. */
  readonly file: string;
  /** Line of the file where the option is written. @default - unknown */
  readonly line?: number | undefined;
  /** The environment files that take the option from `file`. @default - `file` is the environment's own */
  readonly usedBy?: readonly string[];
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

function renderProblem({ file, line, usedBy, ...problem }: Problem): string {
  const users = usedBy === undefined ? "" : ` (in ${usedBy.join(", ")})`;
  return problemLine(`${line === undefined ? file : `${file}:${line}`}${users}`, problem);
}

/**
 * The advice for a name that a section of the file does not define.
 *
 * @param section the section that defines such names, e.g. `ecr.repositories`
 * @param kind what the name identifies, e.g. `repository`
 * @param known the names that the section defines
 * @param addTo where a new one is defined, if that is not the section itself
 */
export function unknownName(
  section: string,
  kind: string,
  name: string,
  known: readonly string[],
  addTo = section,
): string {
  // Empty names and names with spaces are reported elsewhere and would be unreadable in this sentence.
  const readable = known.filter((one) => /^[\w./-]+$/.test(one));
  const remedy = readable.length > 0 ? `choose from ${readable.join(", ")}` : `add it to ${addTo}`;
  return `${section} has no ${kind} with this name; ${suggest(name, known) ?? remedy}`;
}
