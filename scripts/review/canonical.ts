import { remembered } from "../../modules/values/remembered";
import { sortedJson } from "./policy-statements";

/** Documents of which a review keeps what it has worked out, because several of its parts ask for the same ones. */
const documents = 50_000;

/**
 * Whether two values that are no objects mean the same. In a JSON document, the order of keys means nothing; nor in an IAM
 * policy that of its statements and lists, or in a lifecycle policy that of its rules. The AWS provider compares them in the
 * same way.
 *
 * @see https://github.com/hashicorp/awspolicyequivalence
 */
export function isEquivalent(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (documentIn(one) === undefined || documentIn(other) === undefined) return false;
  return canonical(one as string) === canonical(other as string);
}

/** A document in one order. */
const canonical = remembered(documents, (text) => {
  const document = documentIn(text);
  const { Statement, rules } = document ?? {};
  if (Statement !== undefined) {
    const statements = [Statement].flat().map(sortedJson).toSorted();
    return sortedJson({ ...document, Statement: statements.map((statement) => ({ text: statement })) });
  }
  if (Array.isArray(rules) && rules.every((rule) => "rulePriority" in Object(rule)))
    return sortedJson({ ...document, rules: rules.map(sortedJson).toSorted() });
  return JSON.stringify(sortedKeys(document));
});

/** The object that a text holds as JSON, which nobody may change; `undefined` if it holds none. */
export function documentIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const document = containerIn(value);
  return Array.isArray(document) ? undefined : (document as Readonly<Record<string, unknown>> | undefined);
}

/** The object or list that a text holds as JSON, which nobody may change; `undefined` if it holds none. */
export const containerIn = (value: unknown): object | undefined =>
  typeof value === "string" && /^\s*[[{]/.test(value) ? parsed(value) : undefined;

const parsed = remembered(documents, (text) => {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
});

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sortedKeys(inner)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
