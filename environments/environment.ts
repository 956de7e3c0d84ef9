import type { ValueProblem } from "../modules/values/issues";
import { problemsIn } from "../modules/values/issues";
import { plainCopy } from "../modules/values/plain-copy";
import { type EnvironmentInput, EnvironmentOptions } from "./options/environment";
import { type Environment, withDefaults } from "./plan/environment";
import { environmentRules } from "./rules/environment";
import { withRule } from "./schema/rule";
import { unreadableValues } from "./schema/unreadable-values";

/** What {@link defineEnvironment} returns: the environment without the path of its file, or every problem found. */
export type Definition =
  | { readonly ok: true; readonly environment: Omit<Environment, "file"> }
  | { readonly ok: false; readonly name: unknown; readonly problems: readonly ValueProblem[] };

/** The schema of an environment file, including the rules between its options. */
const EnvironmentSchema = withRule(EnvironmentOptions, environmentRules);

/**
 * Validate the options of one environment against every rule within one file.
 *
 * It does not throw. It returns the problems, so that `loadEnvironments` can report the problems of all files together.
 *
 * @param given the object literal in the file; unknown keys are rejected
 */
export function defineEnvironment(given: EnvironmentInput): Definition {
  const { value: input, problems: unread } = plainCopy(given);
  const unreadable = [...unread, ...unreadableValues(input)];
  const parsed = EnvironmentSchema.safeParse(input, { reportInput: true });
  if (parsed.success && unreadable.length === 0) return { ok: true, environment: withDefaults(parsed.data) };

  const reported = new Set(unreadable.map(({ path }) => path.join("\0")));
  const problems = problemsIn(parsed.error, input);
  return {
    ok: false,
    name: (input as { name?: unknown } | undefined)?.name,
    problems: [...unreadable, ...problems.filter(({ path }) => !reported.has(path.join("\0")))],
  };
}
