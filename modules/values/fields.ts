import { z } from "zod";
import { suggest } from "./suggestion";

/** A string that matches a pattern. `advice` is the rule and the remedy, separated by a semicolon. */
export function text(pattern: RegExp, advice: string): z.ZodString {
  return z.string({ error: advice }).regex(pattern, { error: advice });
}

/** A string with at least one character that is not white space. */
export function nonEmpty(advice: string): z.ZodString {
  return text(/\S/, advice);
}

/**
 * An integer from `min` to `max`, both included. Not `z.int()`, whose issue for a fraction would keep zod from running the
 * rules between options, and so hide every other problem of the file.
 */
export function integer(min: number, max: number, advice: string) {
  return z
    .number({ error: advice })
    .refine(Number.isInteger, { error: advice })
    .min(min, { error: advice })
    .max(max, { error: advice })
    .meta({ type: "integer" });
}

/** `true` or `false`. */
export function boolean(): z.ZodBoolean {
  return z.boolean({ error: "this must be a boolean; use true or false without quotes" });
}

/** One of several words, or the only one. A near miss gets a suggestion. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  const [only, ...others] = words;
  return z.enum(words, {
    error: ({ input }) =>
      others.length === 0
        ? `this can only be ${only}; use "${only}"`
        : `this must be one of ${words.join(", ")}; ${suggest(input, words) ?? "choose one"}`,
  });
}

/**
 * An object that accepts no unknown keys. Each unknown key gets its own line in the message.
 *
 * @param refused advice, as "rule; remedy", on a key that people expect and that does not exist on purpose. @default - none
 */
export function object<S extends z.ZodRawShape>(
  shape: S,
  refused: (key: string) => string | undefined = () => undefined,
) {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys
            .map(
              (key) =>
                refused(key) ??
                `this option does not exist; ${suggest(key, keys) ?? `choose from ${keys.join(", ")}`}`,
            )
            .join("\n")
        : `this must be an object; use { ${keys.slice(0, 3).join(", ")}, … }`,
  });
}

/** A list. */
export function list<T extends z.ZodType>(element: T) {
  return z.array(element, { error: "this must be a list; use [ … ]" });
}
