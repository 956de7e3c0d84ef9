import type { z } from "zod";

/** What a rule is given to report with. */
export interface RuleContext {
  /** Report a problem at a path below the value. `advice` is the rule and the remedy, parted by a semicolon. */
  problem(path: readonly PropertyKey[], found: unknown, advice: string): void;
}

/** `T` before its shape is known to be right: anything may be missing. */
export type Candidate<T> = T extends readonly (infer E)[]
  ? readonly (Candidate<E> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Candidate<T[K]> | undefined }
    : T;

/**
 * Add a rule between several options of an object. It also runs when the shape of some of them is wrong, so that a
 * mistyped key does not hide the other problems; so it must look before it trusts a value.
 */
export function withRule<S extends z.ZodType>(
  schema: S,
  rule: (value: Candidate<z.output<S>>, context: RuleContext) => void,
): S {
  return schema.superRefine(
    (value, context) => {
      if (typeof value !== "object" || value === null) return;
      rule(value as Candidate<z.output<S>>, {
        problem: (path, found, advice) =>
          context.addIssue({ code: "custom", path: [...path], input: found, message: advice }),
      });
    },
    { when: () => true },
  );
}
