import { sortedJson } from "./policy-statements";

/**
 * A value in one order: in a JSON document, the order of keys means nothing; nor in an IAM policy that of its statements
 * and lists, or in a lifecycle policy that of its rules. The AWS provider compares them in the same way.
 *
 * @see https://github.com/hashicorp/awspolicyequivalence
 */
export function canonical(value: unknown): string {
  const document = documentIn(value);
  if (document === undefined) return JSON.stringify(sortedKeys(value)) ?? "null";
  const { Statement, rules } = document;
  if (Statement !== undefined) {
    const statements = [Statement].flat().map(sortedJson).toSorted();
    return sortedJson({ ...document, Statement: statements.map((text) => ({ text })) });
  }
  if (Array.isArray(rules) && rules.every((rule) => "rulePriority" in Object(rule)))
    return sortedJson({ ...document, rules: rules.map(sortedJson).toSorted() });
  return JSON.stringify(sortedKeys(document));
}

/** The object that a text holds as JSON; `undefined` if it holds none. */
export function documentIn(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== "string" || !/^\s*\{/.test(value)) return undefined;
  try {
    return JSON.parse(value) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sortedKeys(inner)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
