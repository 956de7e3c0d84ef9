import { BlockList } from "node:net";

/** A policy document, of which no rule of this project knows. */
export interface ModelPolicy {
  readonly Version?: string;
  readonly Statement: readonly ModelStatement[];
}

export type ModelStatement = Readonly<Record<string, unknown>>;

/** Who asks. A principal of AWS has the ARN of its role and that of its session. */
export type ModelCaller =
  | { readonly arns: readonly string[]; readonly account: string; readonly hasOwnPermission: boolean }
  | { readonly type: "Service" | "Federated" | "CanonicalUser"; readonly id: string }
  | "anonymous";

export interface ModelRequest {
  readonly caller: ModelCaller;
  readonly action: string;
  readonly resource: string;
  /** Condition keys in lower case. */
  readonly context: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What AWS's documents leave open. A claim about policies has to hold in every reading. */
export interface Reading {
  /** Account of the resource. */
  readonly owner: string;
  /** Whether `*` also stands for services and identity providers. */
  readonly starIsEverybody: boolean;
  /** Whether a variable without value makes the statement void, and not only the text that has it. */
  readonly voidsStatement: boolean;
}

/**
 * Whether a policy allows a request, if nothing but the policy and permissions of the caller decide.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function allows(policy: ModelPolicy, request: ModelRequest, reading: Reading): boolean {
  const found = policy.Statement.map((statement) => ({
    effect: statement["Effect"],
    as: matchOf(statement, policy.Version === "2012-10-17", request, reading),
  }));
  if (found.some(({ effect, as }) => effect === "Deny" && as !== undefined)) return false;
  const { caller } = request;
  return found.some(({ effect, as }) => {
    if (effect !== "Allow" || as === undefined) return false;
    if (typeof caller === "string" || "type" in caller || as === "holder") return true;
    if (caller.account !== reading.owner) return caller.hasOwnPermission;
    return as === "itself" || caller.hasOwnPermission;
  });
}

/** How a statement names the caller; `undefined` if it does not speak of the request. */
type Match = "itself" | "account" | "holder" | undefined;

function matchOf(
  statement: ModelStatement,
  hasVariables: boolean,
  request: ModelRequest,
  reading: Reading,
): Match {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const expand = (text: string, kind: Kind) =>
    expression(text, kind, hasVariables ? request.context : undefined);
  const isAction = (patterns: unknown) =>
    several(patterns).some((pattern) => like(pattern.toLowerCase(), request.action.toLowerCase()));
  const isResource = (patterns: unknown) =>
    several(patterns).some((pattern) => expand(pattern, "like")?.test(request.resource) === true);
  if (Action !== undefined && !isAction(Action)) return undefined;
  if (NotAction !== undefined && isAction(NotAction)) return undefined;
  const texts = [Resource, NotResource, ...Object.values(Condition as object).flatMap(Object.values)];
  const isVoid = () => texts.flatMap(several).some((text) => expand(text, "like") === undefined);
  if (reading.voidsStatement && hasVariables && isVoid()) return undefined;
  if (Resource !== undefined && !isResource(Resource)) return undefined;
  if (NotResource !== undefined && isResource(NotResource)) return undefined;
  const tests = Object.entries(Condition as Record<string, Record<string, unknown>>).flatMap(
    ([operator, keys]) => Object.entries(keys).map(([key, values]) => [operator, key, values] as const),
  );
  const holds = tests.every(([operator, key, values]) =>
    isMet(operator, several(values), request.context[key.toLowerCase()], expand),
  );
  return holds ? callerMatch(statement, request.caller, reading) : undefined;
}

function callerMatch(
  { Principal, NotPrincipal }: ModelStatement,
  caller: ModelCaller,
  reading: Reading,
): Match {
  if (NotPrincipal !== undefined)
    return named(NotPrincipal, caller, reading) === undefined ? "itself" : undefined;
  return Principal === undefined ? "holder" : named(Principal, caller, reading);
}

function named(element: unknown, caller: ModelCaller, reading: Reading): Match {
  const byType: [string, string[]][] =
    typeof element === "string"
      ? [["AWS", [element]]]
      : Object.entries(element as object).map(([type, ids]) => [type, several(ids)]);
  const matches = byType.flatMap(([type, ids]) => ids.map((id) => namedBy(type, id, caller, reading)));
  return matches.find((match) => match === "itself") ?? matches.find((match) => match === "account");
}

function namedBy(type: string, id: string, caller: ModelCaller, { starIsEverybody }: Reading): Match {
  const isAws = typeof caller !== "string" && "arns" in caller;
  if (type === "AWS" && id === "*")
    return isAws || caller === "anonymous" || starIsEverybody ? "itself" : undefined;
  if (typeof caller === "string") return undefined;
  if (!isAws) return caller.type === type && caller.id === id ? "itself" : undefined;
  if (type !== "AWS") return undefined;
  if (caller.arns.includes(id)) return "itself";
  return id === caller.account || id === `arn:aws:iam::${caller.account}:root` ? "account" : undefined;
}

type Kind = "like" | "arn" | "equals" | "anyCase";
type Expand = (text: string, kind: Kind) => RegExp | undefined;

/** Those without variables. Properties ask about the same few texts thousands of times. */
const expressions = new Map<string, RegExp>();

/** A text as an expression, with the values of its variables; `undefined` if the request lacks one. */
function expression(
  text: string,
  kind: Kind,
  context: ModelRequest["context"] | undefined,
): RegExp | undefined {
  if (context !== undefined && text.includes("${")) return compiled(text, kind, context);
  const key = `${kind} ${text}`;
  const found = expressions.get(key) ?? compiled(text, kind, undefined);
  if (found !== undefined) expressions.set(key, found);
  return found;
}

function compiled(
  text: string,
  kind: Kind,
  context: ModelRequest["context"] | undefined,
): RegExp | undefined {
  let [source, colons] = ["", 0];
  const literal = (value: string) => value.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  const wild = kind === "like" || kind === "arn";
  for (const [part, name] of text.matchAll(/\$\{([^{}]*)\}|./gs)) {
    const any = kind === "arn" && colons < 5 ? "[^:]" : "[^]";
    if (name !== undefined && context !== undefined) {
      const value = valueFor(name, context);
      if (value === undefined) return undefined;
      source += literal(value);
    } else
      for (const character of part) {
        if (character === ":") colons += 1;
        source +=
          wild && character === "*" ? `${any}*` : wild && character === "?" ? any : literal(character);
      }
  }
  return new RegExp(`^${source}$`, kind === "anyCase" ? "i" : "");
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function valueFor(name: string, context: ModelRequest["context"]): string | undefined {
  if (["*", "?", "$"].includes(name)) return name;
  const [, key = "", fallback] = /^([^,]*)(?:, *'(.*)')?$/.exec(name) ?? [];
  const value = context[key.trim().toLowerCase()];
  return typeof value === "string" ? value : fallback;
}

/**
 * Whether a test of a condition is met.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function isMet(
  operator: string,
  wanted: readonly string[],
  value: string | readonly string[] | undefined,
  expand: Expand,
): boolean {
  if (operator === "Null") return wanted.includes(String(value === undefined));
  const [, set, name = "", ifExists] =
    /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const [negated, plain] = [name.includes("Not"), name.replace("Not", "")];
  const values = value === undefined ? [] : several(value);
  if (values.length === 0 && set === "ForAllValues") return true;
  if (value === undefined) return ifExists !== undefined || (negated && set === undefined);
  const fits = (one: string) => wanted.some((text) => compare(plain, text, one, expand)) !== negated;
  return set === "ForAllValues" ? values.every(fits) : values.some(fits);
}

function compare(operator: string, text: string, value: string, expand: Expand): boolean {
  const kinds: Record<string, Kind> = {
    ...{ StringEquals: "equals", StringEqualsIgnoreCase: "anyCase", StringLike: "like" },
    ...{ ArnEquals: "arn", ArnLike: "arn" },
  };
  const kind = kinds[operator];
  if (kind !== undefined) return expand(text, kind)?.test(value) === true;
  if (operator === "Bool") return text.toLowerCase() === value.toLowerCase();
  if (operator === "IpAddress") return isInRange(text, value);
  const ordered = /^(Numeric|Date)(.*)$/.exec(operator);
  if (ordered === null) throw new Error(`unknown operator ${operator}`);
  const read = ordered[1] === "Numeric" ? Number : Date.parse;
  const [given, limit] = [read(value), read(text)];
  if (ordered[2] === "Equals") return given === limit;
  const isEqual = ordered[2]?.endsWith("Equals") === true && given === limit;
  return isEqual || (ordered[2]?.startsWith("Less") ? given < limit : given > limit);
}

function isInRange(range: string, address: string): boolean {
  const [network = "", prefix = "32"] = range.split("/");
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), "ipv4");
  return list.check(address, "ipv4");
}

const like = (pattern: string, value: string): boolean =>
  expression(pattern, "like", undefined)?.test(value) === true;

const several = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String));
