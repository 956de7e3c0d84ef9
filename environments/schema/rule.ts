import type { z } from "zod";
import { valueAt } from "../../modules/values/value-at";
import type { Unchecked } from "./unchecked";

/** Reports the problems that a rule finds. */
export interface RuleContext {
  /**
   * Report a problem.
   *
   * @param path path of the value, relative to the part of the file that the context covers
   * @param advice the rule and the remedy, separated by a semicolon
   */
  problem(path: readonly PropertyKey[], found: unknown, advice: string): void;
  /** The context for a part of the file, e.g. `context.at("ecr", "repositories", name)`. */
  at(...path: readonly PropertyKey[]): RuleContext;
}

/**
 * Add a cross-field rule to a schema. The rule also runs when some options have the wrong shape, so that a misspelled
 * key does not hide other problems. It must therefore check the type of each value before it uses the value.
 */
export function withRule<S extends z.ZodType>(
  schema: S,
  rule: (value: Unchecked<z.output<S>>, context: RuleContext) => void,
): S {
  return schema.superRefine(
    (value, context) => {
      if (typeof value !== "object" || value === null) return;
      rule(
        value as Unchecked<z.output<S>>,
        contextAt([], (path, found, advice) => {
          const isOption = valueAt(value, path) === found;
          context.addIssue({
            code: "custom",
            path: [...path],
            input: found,
            message: advice,
            params: { isOption },
          });
        }),
      );
    },
    { when: () => true },
  );
}

function contextAt(base: readonly PropertyKey[], report: RuleContext["problem"]): RuleContext {
  return {
    problem: (path, found, advice) => report([...base, ...path], found, advice),
    at: (...path) => contextAt([...base, ...path], report),
  };
}
