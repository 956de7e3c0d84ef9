import type { z } from "zod";
import { valueAt } from "./value-at";
import type { ValueProblem } from "./value-problem";

export type { ValueProblem } from "./value-problem";

/**
 * The problems that zod found. An object with several unknown keys gives one problem for each.
 *
 * Of one value, the schema reports one problem: an empty text instead of a list is not also too short. Rules between
 * options have nothing to add to a value that should be an object or a list.
 */
export function problemsIn(error: z.ZodError | undefined, input: unknown): ValueProblem[] {
  const issues = error?.issues ?? [];
  const containers = new Set(issues.filter(expectsContainer).map(({ path }) => place(path)));
  const reported = new Set<string>();
  return issues.flatMap((issue) => {
    if (issue.code === "custom" && containers.has(place(issue.path))) return [];
    if (!aboutValue.has(issue.code)) return problemsOf(issue, input);
    if (reported.has(place(issue.path))) return [];
    reported.add(place(issue.path));
    return problemsOf(issue, input);
  });
}

/** What the schema says of a value, not of a key or between values. */
const aboutValue: ReadonlySet<string> = new Set(["invalid_type", "invalid_format", "too_small", "too_big"]);

const place = (path: readonly PropertyKey[]): string => path.map(String).join("\0");

function expectsContainer(issue: z.ZodError["issues"][number]): boolean {
  return issue.code === "invalid_type" && ["array", "object", "record"].includes(issue.expected);
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
