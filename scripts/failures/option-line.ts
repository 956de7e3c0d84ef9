import { readFileSync } from "node:fs";
import type { Problem } from "../../environments/schema/problem";
import { writtenDefinition } from "./written-option";

/** A line of a file. */
export interface Place {
  readonly line: number;
  /** The file, if it is not the one that was searched. */
  readonly file?: string;
}

/**
 * The problems, each with the file and line where its option is written, as far as that can be found. An option that several
 * environments take from one place is one problem, which names their files.
 */
export function withLines(problems: readonly Problem[]): Problem[] {
  const finders = new Map<string, PlaceFinder>();
  const users = new Map<string, string[]>();
  return problems.flatMap((problem) => {
    const find = finders.get(problem.file) ?? finderFor(problem.file);
    finders.set(problem.file, find);
    const place = find(problem.path);
    // A problem of another file than an environment's knows its line.
    if (place?.file === undefined) return [{ ...problem, line: place?.line ?? problem.line }];
    const key = JSON.stringify([place, problem.path, String(problem.found), problem.advice]);
    const usedBy = users.get(key);
    if (usedBy === undefined) {
      const first = [problem.file];
      users.set(key, first);
      return [{ ...problem, ...place, usedBy: first }];
    }
    if (!usedBy.includes(problem.file)) usedBy.push(problem.file);
    return [];
  });
}

type PlaceFinder = (path: readonly PropertyKey[]) => Place | undefined;

function finderFor(file: string): PlaceFinder {
  try {
    return placeFinder(readFileSync(file, "utf8"), file);
  } catch {
    // No such file, e.g. in a test, or one that Babel cannot read. The problems are reported without lines.
    return () => undefined;
  }
}

/**
 * Find where the options of an environment file are written: in it, or in a file that it imports.
 *
 * @param source the text of the file
 * @param file its path. @default - none, and what it imports is not read
 * @returns a function from the path of an option to its place. Of an option that is missing, or whose place cannot be found, it
 *   gives the place of the innermost one around it; `undefined` without a call of `defineEnvironment`
 * @throws SyntaxError when the text is not TypeScript
 */
export function placeFinder(source: string, file?: string): PlaceFinder {
  const definition = writtenDefinition(source, file === undefined ? undefined : { file, read: textOf });
  if (definition === undefined) return () => undefined;
  const { call, along } = definition;
  return (path) => {
    const found = [call, ...along(path).map(({ place }) => place)].findLast(({ loc }) => loc !== undefined);
    if (found?.loc === undefined) return undefined;
    const { start, filename } = found.loc;
    return { line: start.line, ...(filename !== undefined && filename !== file && { file: filename }) };
  };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
