import { suggest } from "../values/suggestion";

/** What the values of an operator are. */
export type OperatorFamily = "string" | "numeric" | "date" | "bool" | "binary" | "ip" | "arn" | "null";

/**
 * Every operator by its name in lower case: its name as AWS writes it, and its family.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const operators = new Map<string, { readonly name: string; readonly family: OperatorFamily }>(
  (
    [
      ["string", "StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase"],
      ["string", "StringLike StringNotLike"],
      ["numeric", "NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals"],
      ["numeric", "NumericGreaterThan NumericGreaterThanEquals"],
      ["date", "DateEquals DateNotEquals DateLessThan DateLessThanEquals"],
      ["date", "DateGreaterThan DateGreaterThanEquals"],
      ["bool", "Bool"],
      ["binary", "BinaryEquals"],
      ["ip", "IpAddress NotIpAddress"],
      ["arn", "ArnEquals ArnNotEquals ArnLike ArnNotLike"],
      ["null", "Null"],
    ] as const
  ).flatMap(([family, names]) =>
    names.split(" ").map((name) => [name.toLowerCase(), { name, family }] as const),
  ),
);

/** For keys with several values: whether all of them must match, or one. */
const setOperators = new Map([
  ["forallvalues", "ForAllValues"],
  ["foranyvalue", "ForAnyValue"],
] as const);

/** A condition operator, taken apart. */
export interface ConditionOperator {
  /** As AWS writes it, e.g. `ForAnyValue:StringLikeIfExists`. */
  readonly text: string;
  /** Without what stands before and after it, e.g. `StringLike`. */
  readonly name: string;
  readonly family: OperatorFamily;
  /** Whether the condition is met by what does not match. */
  readonly negated: boolean;
  readonly set: "ForAllValues" | "ForAnyValue" | undefined;
  readonly ifExists: boolean;
}

/**
 * Read a condition operator. Capitals do not matter: IAM's documentation does not say whether they do, so that policies
 * are written with AWS's own.
 *
 * @returns the operator, or the advice on what is none, as "rule; remedy"
 */
export function readOperator(text: string): ConditionOperator | string {
  const [, before, bare = "", after] = /^(?:([^:]*):)?(.*?)(IfExists)?$/is.exec(text) ?? [];
  const set = before === undefined ? undefined : setOperators.get(before.toLowerCase() as "forallvalues");
  const operator = operators.get(bare.toLowerCase());
  if (operator === undefined || (before !== undefined && set === undefined))
    return `IAM has no such condition operator; ${suggestion(before, bare, after)}`;
  const { name, family } = operator;
  const ifExists = after !== undefined;
  if (family === "null" && ifExists)
    return "Null already asks whether a key exists, and IAM refuses NullIfExists; use Null";
  return {
    text: `${set === undefined ? "" : `${set}:`}${name}${ifExists ? "IfExists" : ""}`,
    name,
    family,
    negated: name.includes("Not"),
    set,
    ifExists,
  };
}

/** The likeliest operator, by its parts: each part is compared with those that IAM has. */
function suggestion(before: string | undefined, bare: string, after: string | undefined): string {
  const nearest = (word: string, known: Iterable<string>) =>
    /"(.*)"/.exec(suggest(word, [...known]) ?? "")?.[1];
  const name = nearest(
    bare,
    [...operators.values()].map((one) => one.name),
  );
  const set = before === undefined ? undefined : (nearest(before, setOperators.values()) ?? "ForAnyValue");
  if (name === undefined) return "use one such as StringEquals, StringLike, ArnLike or Bool";
  return `did you mean "${set === undefined ? "" : `${set}:`}${name}${after ?? ""}"?`;
}
