import { BlockList, isIPv4 } from "node:net";
import type { ResourceStatement } from "../../modules/iam/policy-document";

/** A call as IAM sees it. */
export interface Call {
  readonly action: string;
  /** ARN; `*` for what has none. Trust policies have none. */
  readonly resource?: string;
  /** Who calls, by type, e.g. `{ Federated: "arn:…" }`. Identity policies have no principal. */
  readonly principal?: Readonly<Record<string, string>>;
  /** Condition keys that the call has. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * What policies decide on a call, written from IAM's documentation and from nothing of this project: a denial wins, then
 * an allowance, else nothing is allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws Error on what it does not know, so that no test passes by ignorance
 */
export function decide(
  statements: readonly ResourceStatement[],
  call: Call,
): "allowed" | "denied" | "not allowed" {
  const matching = statements.filter((statement) => matches(statement, call));
  if (matching.some(({ Effect }) => Effect === "Deny")) return "denied";
  return matching.length > 0 ? "allowed" : "not allowed";
}

export const isAllowed = (statements: readonly ResourceStatement[], call: Call): boolean =>
  decide(statements, call) === "allowed";

/** Whether a statement speaks of a call, whatever it says: who, what, on what, and under which conditions. */
export function matches(
  { Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition = {} }: ResourceStatement,
  call: Call,
): boolean {
  const some = (patterns: string | readonly string[]) =>
    several(patterns).some((pattern) => like(pattern, call.resource ?? "*"));
  const isAction = (patterns: string | readonly string[]) =>
    several(patterns).some((pattern) => like(pattern.toLowerCase(), call.action.toLowerCase()));
  if ((Action === undefined) === (NotAction === undefined)) throw new Error("either Action or NotAction");
  return (
    (Action === undefined || isAction(Action)) &&
    (NotAction === undefined || !isAction(NotAction)) &&
    (Resource === undefined || some(Resource)) &&
    (NotResource === undefined || !some(NotResource)) &&
    (Principal === undefined || isPrincipal(Principal, call.principal ?? {})) &&
    (NotPrincipal === undefined || !isPrincipal(NotPrincipal, call.principal ?? {})) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        holds(operator, several(wanted), valueFor(key, call.context)),
      ),
    )
  );
}

function isPrincipal(
  principal: NonNullable<ResourceStatement["Principal"]>,
  caller: Record<string, string>,
): boolean {
  if (principal === "*") return true;
  return Object.entries(principal).some(([type, ids]) =>
    several(ids).some((id) => id === "*" || id === caller[type]),
  );
}

/** Condition keys are the same in any case. */
function valueFor(wanted: string, context: Call["context"] = {}): string | readonly string[] | undefined {
  return Object.entries(context).find(([key]) => key.toLowerCase() === wanted.toLowerCase())?.[1];
}

/**
 * A key that is absent fails every operator but the negated ones, those with `IfExists`, and `ForAllValues`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function holds(
  operator: string,
  wanted: readonly string[],
  value: string | readonly string[] | undefined,
): boolean {
  const [, set, plain = "", ifExists] =
    /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const compare = Object.hasOwn(comparisons, plain) ? comparisons[plain] : undefined;
  if (operator === "Null") return wanted.includes(String(value === undefined));
  if (compare === undefined) throw new Error(`unknown operator ${operator}`);
  if (value !== undefined && (set === undefined) !== (typeof value === "string"))
    throw new Error(`${operator} on ${JSON.stringify(value)}`);
  const negated = plain.includes("Not");
  if (value === undefined)
    return ifExists !== undefined || (set === undefined ? negated : set === "ForAllValues");
  const fits = (one: string) => wanted.some((pattern) => compare(pattern, one)) !== negated;
  return set === "ForAllValues" ? several(value).every(fits) : several(value).some(fits);
}

const same = (pattern: string, value: string): boolean => pattern === value;
const sameInAnyCase = (pattern: string, value: string): boolean =>
  pattern.toLowerCase() === value.toLowerCase();

const comparisons: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
  StringEquals: same,
  StringNotEquals: same,
  StringEqualsIgnoreCase: sameInAnyCase,
  StringNotEqualsIgnoreCase: sameInAnyCase,
  StringLike: like,
  StringNotLike: like,
  ArnLike: likeArn,
  ArnEquals: likeArn,
  ArnNotLike: likeArn,
  ArnNotEquals: likeArn,
  Bool: same,
  IpAddress: isInRange,
  NotIpAddress: isInRange,
  NumericEquals: (limit, value) => Number(value) === Number(limit),
  NumericNotEquals: (limit, value) => Number(value) === Number(limit),
  NumericLessThan: (limit, value) => Number(value) < Number(limit),
  NumericGreaterThanEquals: (limit, value) => Number(value) >= Number(limit),
  DateGreaterThan: (limit, value) => Date.parse(value) > Date.parse(limit),
};

function isInRange(range: string, address: string): boolean {
  const [network = "", prefix] = range.split("/");
  const family = isIPv4(network) ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(network, Number(prefix ?? (family === "ipv4" ? 32 : 128)), family);
  return list.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/** The six parts of an ARN are compared one by one, so that no `*` reaches over a colon but in the last. */
function likeArn(pattern: string, value: string): boolean {
  const parts = (arn: string) => /^([^:]*):([^:]*):([^:]*):([^:]*):([^:]*):(.*)$/s.exec(arn)?.slice(1) ?? [];
  const [wanted, given] = [parts(pattern), parts(value)];
  return wanted.length === 6 && given.length === 6 && wanted.every((part, i) => like(part, given[i] ?? ""));
}

/** Patterns as regular expressions. Properties ask about the same few patterns thousands of times. */
const expressions = new Map<string, RegExp>();

/** `*` stands for any text, `?` for one character. */
export function like(pattern: string, value: string): boolean {
  const expression = expressions.get(pattern) ?? expressionOf(pattern);
  expressions.set(pattern, expression);
  return expression.test(value);
}

function expressionOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}

const several = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;
