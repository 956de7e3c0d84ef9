import { type Definition, defineEnvironment } from "../../environments/environment";
import { loadProject } from "../../environments/load";
import { environmentNamePattern } from "../../environments/options/environment";
import { ConfigurationError, type Problem } from "../../environments/schema/problem";
import { optionsOf } from "./answered-options";
import { type Answers, fileOf, flags } from "./answers";
import { surroundingsOf } from "./surroundings";

/** The project that an environment is added to. */
export interface ExistingProject {
  /** What `environments/all.ts` lists. */
  readonly definitions: Readonly<Record<string, Definition>>;
  /** Whether there is a file at a path. */
  readonly exists: (path: string) => boolean;
}

/**
 * Every problem of the answers, as the schema of environment files and the rules across files report them.
 *
 * @returns problems of the new file at the flags that give the values, e.g. `--account`; others at their files
 */
export function answerProblems(answers: Answers, { definitions, exists }: ExistingProject): Problem[] {
  const { name, repositories } = answers;
  const file = fileOf(name);
  const problems = repositories
    .filter((repository, index) => repositories.indexOf(repository) < index)
    .map(
      (repository): Problem => ({
        ...{ file, path: ["ecr", "repositories", repository], found: repository },
        advice: "this repository is listed twice; remove it here",
      }),
    );
  const isTaken = environmentNamePattern.test(name) && (exists(file) || Object.hasOwn(definitions, file));
  if (isTaken)
    problems.push({
      ...{ file, path: ["name"], found: name },
      advice: `${file} exists, and is not overwritten; choose another name, or edit that file`,
    });
  const added = { [file]: defineEnvironment(optionsOf(answers, surroundingsOf(answers, definitions))) };
  problems.push(...loadProblems(isTaken ? added : { ...definitions, ...added }));
  return withoutDerived(
    answers,
    problems.map((problem) => (problem.file === file ? { ...problem, file: flagOf(problem) } : problem)),
  );
}

function loadProblems(definitions: Readonly<Record<string, Definition>>): readonly Problem[] {
  try {
    loadProject(definitions);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

/** The flag whose value a problem is about; of an option that no answer gives, the file. */
function flagOf({ path: [first], file }: Problem): string {
  if (first === "state") return flags.bucket;
  if (first === "ecr") return flags.repositories;
  return Object.hasOwn(flags, String(first)) ? flags[first as keyof typeof flags] : file;
}

/** Without the problems of a bucket name that contains a value which has one itself. */
function withoutDerived({ bucket }: Answers, problems: readonly Problem[]): Problem[] {
  const parts: readonly string[] = [flags.project, flags.name, flags.accountId];
  const isConsequence = bucket === undefined && problems.some(({ file }) => parts.includes(file));
  return problems.filter(({ file }) => !(isConsequence && file === flags.bucket));
}
