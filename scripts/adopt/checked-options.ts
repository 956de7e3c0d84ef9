import { type Definition, defineEnvironment } from "../../environments/environment";
import { loadProject } from "../../environments/load";
import type { EnvironmentInput } from "../../environments/options/environment";
import { ConfigurationError, type Problem } from "../../environments/schema/problem";
import type { Adopted } from "./environment-input";
import type { Note } from "./note";
import { type Target, wholeEnvironment } from "./target";

/** What the rules say of an environment with what is adopted. */
export interface Checked {
  /** Entries of `productionExceptions`, for what the production rules would refuse. */
  readonly exceptions: readonly { rule: string; repository?: string; reason: string }[];
  /** Every problem. Nothing can be written. */
  readonly problems: readonly Problem[];
}

/**
 * Check the environment against every rule, within the file and across files. What a production rule refuses gets an
 * exception, because what exists should stay as it is until somebody decides otherwise.
 */
export function checkedOptions(
  target: Target,
  adopted: Adopted,
  definitions: Readonly<Record<string, Definition>>,
  notes: Note[],
): Checked {
  const { file } = target;
  const existing = definitions[file];
  const options = existing?.ok
    ? ({
        ...existing.environment,
        ecr: merged(existing.environment.ecr, adopted.ecr),
      } as unknown as EnvironmentInput)
    : wholeEnvironment(target, adopted);
  const kept = options.productionExceptions ?? [];
  const refused = problemsOf(file, defineEnvironment(options));
  const exceptions = [
    ...new Map(
      refused.flatMap(({ path, advice }): [string, Checked["exceptions"][number]][] => {
        const rule = /productionExceptions with rule: "([\w-]+)"/.exec(advice)?.[1];
        if (rule === undefined) return [];
        const repository = path[1] === "repositories" ? { repository: String(path[2]) } : {};
        const reason = "Adopted as it was; decide whether it has to stay so";
        return [[`${rule} ${repository.repository}`, { rule, ...repository, reason }]];
      }),
    ).values(),
  ];
  for (const { rule, repository } of exceptions)
    notes.push({
      kind: "choice",
      subject: repository === undefined ? rule : `${repository}: ${rule}`,
      text: "production refuses this, so productionExceptions has an entry for it; change the option and remove the entry to follow the rule",
    });
  const definition = defineEnvironment({
    ...options,
    productionExceptions: [...kept, ...exceptions] as EnvironmentInput["productionExceptions"],
  });
  return { exceptions, problems: problemsAcross({ ...definitions, [file]: definition }) };
}

function merged(existing: object, added: object): object {
  const entries = Object.entries(added).map(([key, value]) => {
    const there = (existing as Record<string, unknown>)[key];
    const isMap = [there, value].every(
      (one) => typeof one === "object" && one !== null && !Array.isArray(one),
    );
    return [key, isMap ? { ...(there as object), ...(value as object) } : value];
  });
  return { ...existing, ...Object.fromEntries(entries) };
}

const problemsOf = (file: string, definition: Definition): Problem[] =>
  definition.ok ? [] : definition.problems.map((problem) => ({ ...problem, file }));

function problemsAcross(definitions: Readonly<Record<string, Definition>>): readonly Problem[] {
  try {
    loadProject(definitions);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}
