import { definitions } from "../../environments/all";
import { loadEnvironments } from "../../environments/load";
import { ConfigurationError, renderProblems } from "../../environments/schema/problem";
import { withLines } from "../failures/option-line";
import { problemTotal } from "./command";

/**
 * Replace type errors in environment files by configuration problems.
 *
 * A misspelled option is both a type error and a configuration problem. The problem is more helpful, and all problems
 * of a file are reported together, so they replace the type errors of that file. Type errors in other files stay as they
 * are. The last line counts both kinds.
 *
 * @param output what the TypeScript compiler printed
 */
export function explainTypeErrors(output: string): string {
  const problems = environmentProblems();
  const located = withLines(problems);
  const explainedFiles = new Set(problems.map(({ file }) => file));
  // A file that environments share can have other errors too.
  const explainedLines = new Set(located.map(({ file, line }) => `${file}(${line}`));
  const otherErrors = output
    .split(/\n(?=\S)/)
    .filter((error) => !explainedFiles.has(error.slice(0, error.indexOf("("))))
    .filter((error) => !explainedLines.has(error.slice(0, error.indexOf(","))))
    .map((error) => error.trimEnd());
  const lines = [...renderProblems(located).split("\n"), ...otherErrors].filter((line) => line !== "");
  return `${lines.join("\n")}\n${problemTotal(lines.length)}`;
}

function environmentProblems() {
  try {
    loadEnvironments(definitions);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}
