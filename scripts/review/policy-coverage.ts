import { rememberedPair } from "../../modules/values/remembered-pair";
import type { Access, Names, Principal, Who } from "./access-entry";
import { coversPattern } from "./policy-pattern";

/**
 * Those of some access that nothing in other access covers: a wildcard covers what it matches, everyone is every principal
 * of AWS, another account is every principal in it, and what is allowed under fewer conditions is also allowed under more.
 * So an action, a principal or a resource that is narrowed, and a condition that is added, leave nothing. Whatever a
 * comparison of texts cannot tell counts as not covered.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const uncovered = (all: readonly Access[], others: readonly Access[]): readonly Access[] =>
  all.length === 0 || others.length === 0 ? all : uncoveredBy(all, others);

/** Resources with the same policies are common, and several rules compare the same ones. */
const uncoveredBy = rememberedPair((all: readonly Access[], others: readonly Access[]): readonly Access[] =>
  all.filter((access) => !others.some((other) => covers(other, access))),
);

/** Whether the version of each policy has variables. */
interface HasVariables {
  readonly wide: boolean;
  readonly narrow: boolean;
}

function covers(wide: Access, narrow: Access): boolean {
  const hasVariables = { wide: wide.variables !== undefined, narrow: narrow.variables !== undefined };
  const noVariables = { wide: false, narrow: false };
  return (
    coversWho(wide.who, narrow.who) &&
    coversNames(inLowerCase(wide.actions), inLowerCase(narrow.actions), noVariables) &&
    (wide.resources === undefined ||
      coversNames(wide.resources, narrow.resources ?? { pattern: "*" }, hasVariables)) &&
    hasConditionsOf(wide, narrow, hasVariables) &&
    // Where a request lacks a variable, IAM may ignore the whole statement.
    (wide.variables ?? []).every((name) => narrow.variables?.includes(name))
  );
}

/** IAM does not distinguish upper and lower case in actions. */
const inLowerCase = (names: Names): Names =>
  "pattern" in names
    ? { pattern: names.pattern.toLowerCase() }
    : { allBut: names.allBut.map((pattern) => pattern.toLowerCase()) };

/** Everyone is every principal of AWS, but no service and no identity provider. */
function coversWho(wide: Who, narrow: Who): boolean {
  if ("allBut" in wide)
    return (
      "allBut" in narrow && wide.allBut.every((one) => narrow.allBut.some((other) => isSame(one, other)))
    );
  if ("allBut" in narrow) return false;
  if (isSame(wide, narrow)) return true;
  if (wide.type !== "AWS" || narrow.type !== "AWS") return false;
  // In the resource's own account, a role that is named needs no permission of its own; the account leaves it to IAM.
  return (
    wide.id === "*" || (wide.id === `account ${narrow.otherAccount}` && narrow.otherAccount !== undefined)
  );
}

const isSame = (one: Principal, other: Principal): boolean => one.type === other.type && one.id === other.id;

/** Of what is named by exception, less is excluded; a single name covers it only if it is the wildcard for everything. */
function coversNames(wide: Names, narrow: Names, hasVariables: HasVariables): boolean {
  const [outer, inner] = [{ wide: hasVariables.narrow, narrow: hasVariables.wide }, hasVariables];
  if ("allBut" in wide)
    return (
      "allBut" in narrow &&
      wide.allBut.every((pattern) => narrow.allBut.some((other) => coversPattern(other, pattern, outer)))
    );
  return "allBut" in narrow ? wide.pattern === "*" : coversPattern(wide.pattern, narrow.pattern, inner);
}

/** Whether every test in the conditions of one access is also in those of another, with the same or narrower values. */
function hasConditionsOf(wide: Access, narrow: Access, hasVariables: HasVariables): boolean {
  const tests = testsIn(narrow);
  return testsIn(wide).every((test) => tests.some((other) => isNarrower(other, test, hasVariables)));
}

/**
 * Of several values one has to match; with a negated operator, none may. Patterns of `StringLike` also compare with the
 * texts of `StringEquals`; of other operators only equal values compare.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function isNarrower(
  [operator, key, values]: Test,
  [wideOperator, wideKey, than]: Test,
  hasVariables: HasVariables,
): boolean {
  if (key !== wideKey) return false;
  const isWithin = (some: readonly string[], all: readonly string[]) =>
    some.every((value) => all.includes(value));
  if (operator === wideOperator && /^forallvalues:|^null$|^bool/.test(operator))
    return isWithin(values, than) && isWithin(than, values);
  const matches = (patterns: readonly string[], texts: readonly string[], has: HasVariables) =>
    texts.every((text) => patterns.some((pattern) => coversPattern(pattern, text, has)));
  // A `*` or `?` that StringEquals takes as text is compared as a wildcard, which matches more than this text.
  if (wideOperator === "stringlike" && /^string(?:like|equals)$/.test(operator))
    return matches(than, values, hasVariables);
  if (operator === "stringnotlike" && /^stringnot(?:like|equals)$/.test(wideOperator))
    return matches(values, than, { wide: hasVariables.narrow, narrow: hasVariables.wide });
  if (operator !== wideOperator) return false;
  return /not/.test(operator) ? isWithin(than, values) : isWithin(values, than);
}

type Test = readonly [operator: string, key: string, values: readonly string[]];

/** The tests of a condition: operator and key in lower case, which IAM does not distinguish in keys, and values. */
function testsIn({ condition, variables }: Pick<Access, "condition" | "variables">): Test[] {
  // In a policy whose version has no variables, `${` is only text.
  const read = (value: unknown) =>
    variables === undefined ? String(value).replaceAll("${", "(text) ${") : String(value);
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys as object).map(
      ([key, values]): Test => [operator.toLowerCase(), key.toLowerCase(), [values].flat().map(read)],
    ),
  );
}

/** Whether a condition excludes nobody: there is none, or each of its tests matches any value. */
export const isUnconditional = (condition: object): boolean =>
  testsIn({ condition, variables: undefined }).every(
    ([operator, , values]) => /^(?:string|arn)like(?:ifexists)?$/.test(operator) && values.includes("*"),
  );
