import { remembered } from "../../modules/values/remembered";
import type { Access } from "./access-entry";

/**
 * Those of some access that nothing in other access covers: a wildcard covers what it matches, everyone is every principal
 * of AWS, and what is allowed under fewer conditions is also allowed under more. So an action, a principal or a resource
 * that is narrowed, and a condition that is added, leave nothing.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function uncovered(all: readonly Access[], others: readonly Access[]): Access[] {
  const known = new Set(others.map(({ id }) => id));
  return all.filter((access) => !known.has(access.id) && !others.some((other) => covers(other, access)));
}

function covers(wide: Access, narrow: Access): boolean {
  return (
    coversPrincipal(wide.principal, narrow.principal) &&
    coversName(wide.action.toLowerCase(), narrow.action.toLowerCase()) &&
    coversName(wide.resource ?? "*", narrow.resource ?? "*") &&
    hasConditionsOf(wide, narrow)
  );
}

/** `everyone` stands for every principal of AWS, but for no service. */
const coversPrincipal = (wide: string, narrow: string): boolean =>
  wide === narrow || (wide === "everyone" && /^(?:account \d{12}|arn:[^:]*:(?:iam|sts)::.*)$/.test(narrow));

/** What is named by exception covers nothing else, and only the wildcard for everything covers it. */
function coversName(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === "*") return true;
  if (!/[*?]/.test(wide) || wide.startsWith("all but ") || narrow.startsWith("all but ")) return false;
  return matches(wide, narrow);
}

/**
 * Whether a pattern matches everything that another one matches: `*` stands for any characters, also for wildcards of the
 * other one, and `?` for one character that is no `*`.
 */
const matches = (pattern: string, text: string): boolean => expressionOf(pattern).test(text);

const expressionOf = remembered(50_000, (pattern) => {
  const expression = pattern.replace(/[^\w]/g, (character) =>
    character === "*" ? ".*" : character === "?" ? "[^*]" : `\\${character}`,
  );
  return new RegExp(`^${expression.replace(/(?:\.\*)+/g, ".*")}$`, "s");
});

/** Whether every test in the conditions of one access is also in those of another, with the same or more values. */
function hasConditionsOf(wide: Access, narrow: Access): boolean {
  return testsIn(wide.condition).every(([operator, key, values]) =>
    testsIn(narrow.condition).some(
      ([otherOperator, otherKey, others]) =>
        operator === otherOperator && key === otherKey && isNarrower(operator, others, values),
    ),
  );
}

/** Of several values one has to match; with a negated operator, none may. Of other operators only equal lists compare. */
function isNarrower(operator: string, values: readonly string[], than: readonly string[]): boolean {
  const isWithin = (some: readonly string[], all: readonly string[]) =>
    some.every((value) => all.includes(value));
  if (/^forallvalues:|^null$|^bool/.test(operator)) return isWithin(values, than) && isWithin(than, values);
  return /not/.test(operator) ? isWithin(than, values) : isWithin(values, than);
}

/** The tests of a condition: operator and key in lower case, which IAM does not distinguish in keys, and values. */
function testsIn(condition: object): [operator: string, key: string, values: readonly string[]][] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys as object).map(([key, values]): [string, string, readonly string[]] => [
      operator.toLowerCase(),
      key.toLowerCase(),
      [values].flat().map(String),
    ]),
  );
}

/** Whether a condition excludes nobody: there is none, or each of its tests matches any value. */
export const isUnconditional = (condition: object): boolean =>
  testsIn(condition).every(
    ([operator, , values]) => /^(?:string|arn)like(?:ifexists)?$/.test(operator) && values.includes("*"),
  );
