/**
 * EventBridge's own matching, written from its documentation: independent of the emulator's.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type JsonObject = { readonly [key: string]: Json };

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether an event matches a pattern, both given as JSON or as objects. */
export function matchesEvent(pattern: string | object, event: object): boolean {
  const parsed: Json =
    typeof pattern === "string" ? JSON.parse(pattern) : JSON.parse(JSON.stringify(pattern));
  return matchesObject(parsed as JsonObject, JSON.parse(JSON.stringify(event)));
}

/** Every field of the pattern must match. */
function matchesObject(pattern: JsonObject, event: Json | undefined): boolean {
  return Object.entries(pattern).every(([key, expected]) => {
    if (key === "$or") return (expected as JsonObject[]).some((branch) => matchesObject(branch, event));
    const value = isObject(event) ? event[key] : undefined;
    if (Array.isArray(expected)) return matchesLeaf(expected, value);
    if (!isObject(expected)) throw new Error(`${key}: a pattern holds lists and objects only`);
    // In a list of objects it is enough that one of them matches.
    const objects = Array.isArray(value) ? value : [value];
    return objects.some((object) => matchesObject(expected, object));
  });
}

/** One of the alternatives must match the value, or one of the values if it is a list. */
function matchesLeaf(alternatives: readonly Json[], value: Json | undefined): boolean {
  // `exists` looks at leaves: an object is none.
  const values = Array.isArray(value) ? value : value === undefined || isObject(value) ? [] : [value];
  return alternatives.some((alternative) =>
    isObject(alternative)
      ? matchesOperator(alternative, values)
      : values.some((candidate) => candidate === alternative),
  );
}

function matchesOperator(operator: JsonObject, values: readonly Json[]): boolean {
  const [[name, operand] = ["", null], ...others] = Object.entries(operator);
  if (others.length > 0) throw new Error(`one operator at a time, not ${JSON.stringify(operator)}`);
  if (name === "exists") return values.length > 0 === operand;
  return values.some((value) => {
    if (name === "prefix") return typeof value === "string" && value.startsWith(String(operand));
    if (name === "suffix") return typeof value === "string" && value.endsWith(String(operand));
    if (name === "anything-but")
      return isObject(operand)
        ? !matchesOperator(operand, [value])
        : !(Array.isArray(operand) ? operand : [operand]).includes(value);
    if (name === "numeric") return typeof value === "number" && inRange(operand as readonly Json[], value);
    throw new Error(`there is no operator ${name}`);
  });
}

/** Pairs of a comparison and a number: `[">", 0, "<=", 5]`. */
function inRange(comparisons: readonly Json[], value: number): boolean {
  const compare: Record<string, (limit: number) => boolean> = {
    "<": (limit) => value < limit,
    "<=": (limit) => value <= limit,
    "=": (limit) => value === limit,
    ">=": (limit) => value >= limit,
    ">": (limit) => value > limit,
  };
  for (let at = 0; at < comparisons.length; at += 2)
    if (!compare[String(comparisons[at])]?.(Number(comparisons[at + 1]))) return false;
  return true;
}
