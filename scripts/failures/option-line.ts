import { readFileSync } from "node:fs";
import type { Problem } from "../../environments/schema/problem";
import { writtenDefinition } from "./written-option";

/** The problems, each with the line of its file where its option is written, as far as that can be found. */
export function withLines(problems: readonly Problem[]): Problem[] {
  const lines = new Map<string, LineFinder>();
  return problems.map((problem) => {
    const find = lines.get(problem.file) ?? finderFor(problem.file);
    lines.set(problem.file, find);
    // A problem of another file than an environment's knows its line.
    return { ...problem, line: find(problem.path) ?? problem.line };
  });
}

type LineFinder = (path: readonly PropertyKey[]) => number | undefined;

function finderFor(file: string): LineFinder {
  try {
    return lineFinder(readFileSync(file, "utf8"));
  } catch {
    // No such file, e.g. in a test, or one that Babel cannot read. The problems are reported without lines.
    return () => undefined;
  }
}

/**
 * Find the lines of options in an environment file.
 *
 * @param source the text of the file
 * @returns a function from the path of an option to its line. Of an option that is missing or that is not written in this
 *   file, it gives the line of the innermost one around it; `undefined` without a call of `defineEnvironment`
 * @throws SyntaxError when the text is not TypeScript
 */
export function lineFinder(source: string): LineFinder {
  const definition = writtenDefinition(source);
  if (definition === undefined) return () => undefined;
  const { call, along } = definition;
  return (path) =>
    [call, ...along(path).map(({ place }) => place)].findLast(({ loc }) => loc !== undefined)?.loc?.start
      .line;
}
