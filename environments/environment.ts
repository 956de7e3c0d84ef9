import type { ValueProblem } from "../modules/values/issues";
import { problemsIn } from "../modules/values/issues";
import { plainCopy } from "../modules/values/plain-copy";
import { exceededLimits } from "./limits/exceeded-limits";
import { type EnvironmentInput, EnvironmentOptions } from "./options/environment";
import { type Environment, withDefaults } from "./plan/environment";
import { environmentRules } from "./rules/environment";
import { setFlagsForSize } from "./schema/engine-flags";
import { withRule } from "./schema/rule";
import { unreadableValues } from "./schema/unreadable-values";

export type { SharedOptions, SharedRepository } from "./options/shared-options";

/** What {@link defineEnvironment} returns: the environment without the path of its file, or every problem found. */
export type Definition =
  | { readonly ok: true; readonly environment: Omit<Environment, "file"> }
  | { readonly ok: false; readonly name: unknown; readonly problems: readonly ValueProblem[] };

/** Everything that {@link defineEnvironment} has returned. */
const defined = new WeakSet<object>();

/** Whether a value is an environment of a file, valid or not. */
export const isDefinition = (value: unknown): value is Definition =>
  typeof value === "object" && value !== null && defined.has(value);

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
  const definition = definitionOf(given);
  defined.add(definition);
  return definition;
}

function definitionOf(given: EnvironmentInput): Definition {
  const { value: input, problems: unread } = plainCopy(given);
  setFlagsForSize(input);
  const unreadable = [...unread, ...unreadableValues(input)];
  const parsed = EnvironmentSchema.safeParse(input, { reportInput: true });
  const problems = onePerValue(unreadable, problemsIn(parsed.error, input), exceededLimits(input));
  if (parsed.success && problems.length === 0) return { ok: true, environment: withDefaults(parsed.data) };
  return { ok: false, name: (input as { name?: unknown } | undefined)?.name, problems };
}

/** All problems of the first group, and those of the next groups at values that no earlier group reports. */
function onePerValue(...groups: readonly (readonly ValueProblem[])[]): ValueProblem[] {
  const reported = new Set<string>();
  return groups.flatMap((group) => {
    const added = group.filter(({ path }) => !reported.has(path.join("\0")));
    for (const { path } of added) reported.add(path.join("\0"));
    return added;
  });
}
