import { definitions } from "../../environments/all";
import { loadEnvironments } from "../../environments/load";
import { ConfigurationError, renderProblems } from "../../environments/schema/problem";
import { problemTotal } from "./problem-total";

/**
 * Say what the compiler found in terms of the environment files, where that is possible.
 *
 * A misspelt option is both a type error and a configuration problem. The problem says more, and all problems of a file
 * come together, so it replaces the type errors of its file. Other type errors stay as they are. How many of both there
 * are is said at the end.
 *
 * @param output what the TypeScript compiler printed
 */
export function explainTypeErrors(output: string): string {
  const problems = problemsOfEnvironments();
  const explained = new Set(problems.map(({ file }) => file));
  const others = output
    .split(/\n(?=\S)/)
    .filter((error) => !explained.has(error.slice(0, error.indexOf("("))))
    .map((error) => error.trimEnd());
  const found = [...renderProblems(problems).split("\n"), ...others].filter((one) => one !== "");
  return `${found.join("\n")}\n${problemTotal(found.length)}`;
}

function problemsOfEnvironments() {
  try {
    loadEnvironments(definitions);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}
