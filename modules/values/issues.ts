import type { z } from "zod";
import { valueAt } from "./value-at";

/** A problem with a value: its path, what is there, and "rule; remedy". */
export interface ValueProblem {
  readonly path: readonly PropertyKey[];
  readonly found: unknown;
  /** Whether nobody wrote it: it is the default of an option. @default false */
  readonly isDefault?: boolean;
  readonly advice: string;
}

/** The problems that zod found. An object with several unknown keys gives one problem for each. */
export function problemsIn(error: z.ZodError | undefined, input: unknown): ValueProblem[] {
  return (error?.issues ?? []).flatMap((issue) => problemsOf(issue, input));
}

function problemsOf(issue: z.ZodError["issues"][number], input: unknown): ValueProblem[] {
  const { path, message } = issue;
  if (issue.code === "custom") {
    const isDefault =
      issue.params?.["isOption"] === true && issue.input !== undefined && valueAt(input, path) === undefined;
    return [{ path, found: issue.input, advice: message, ...(isDefault && { isDefault }) }];
  }
  // The rule is about the key, not about its value.
  if (issue.code === "invalid_key") return [{ path, found: path.at(-1), advice: message }];
  if (issue.code !== "unrecognized_keys") return [{ path, found: valueAt(input, path), advice: message }];
  const advices = message.split("\n");
  return issue.keys.map((key, index) => ({
    path: [...path, key],
    found: valueAt(input, [...path, key]),
    advice: advices[index] ?? message,
  }));
}
