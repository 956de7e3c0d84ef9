/**
 * What IAM decides, as AWS documents it, for one identity policy and one resource policy. Knows nothing of how this
 * project writes policies. What it does not know is an error and never a decision.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */

type Text = string | readonly string[];

interface PolicyStatement {
  readonly Effect: string;
  readonly Principal?: string | Readonly<Record<string, Text>>;
  readonly Action: Text;
  readonly Resource?: Text;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Text>>>>;
}

export interface Policy {
  readonly Statement: readonly PolicyStatement[];
}

/** Who asks: a role, or an AWS service. */
export type Caller =
  | { readonly roleArn: string; readonly organizationPath?: string }
  | { readonly service: string; readonly sourceArn?: string };

export interface Request {
  readonly caller: Caller;
  readonly action: string;
  /** ARN of the repository, or `*` for what is about no resource. */
  readonly resource: string;
  /** Account that the resource belongs to. */
  readonly owner: string;
}

const listOf = (text: Text): readonly string[] => (typeof text === "string" ? [text] : text);

const glob = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  ).test(text);

/** `*` and `?` match within one of the six parts of an ARN. */
function arnMatches(pattern: string, arn: string): boolean {
  const parts = (text: string) => {
    const [a = "", b = "", c = "", d = "", e = "", ...rest] = text.split(":");
    return [a, b, c, d, e, rest.join(":")];
  };
  return parts(pattern).every((part, index) => glob(part, parts(arn)[index] ?? ""));
}

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

/** Values of the condition keys that the request has, by their names in lower case. */
function keysOf(caller: Caller): Readonly<Record<string, readonly string[]>> {
  if ("service" in caller)
    return caller.sourceArn === undefined ? {} : { "aws:sourcearn": [caller.sourceArn] };
  const { roleArn, organizationPath } = caller;
  return {
    "aws:principalarn": [roleArn],
    ...(organizationPath !== undefined && {
      "aws:principalorgid": [organizationPath.split("/")[0] ?? ""],
      "aws:principalorgpaths": [organizationPath],
    }),
  };
}

const operators: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
  StringEquals: (pattern, value) => pattern === value,
  ArnEquals: arnMatches,
  ArnLike: arnMatches,
  "ForAnyValue:StringLike": glob,
};

/** All keys must match, each with one of its values. A key that the request does not have matches nothing. */
function conditionHolds({ Condition = {} }: PolicyStatement, caller: Caller): boolean {
  const present = keysOf(caller);
  return Object.entries(Condition).every(([operator, keys]) => {
    const matches = operators[operator];
    if (matches === undefined) throw new Error(`unknown operator ${operator}`);
    return Object.entries(keys).every(([key, values]) =>
      (present[key.toLowerCase()] ?? []).some((value) =>
        listOf(values).some((pattern) => matches(pattern, value)),
      ),
    );
  });
}

/** How a principal is named: by itself, or through its account, which leaves the last word to the account's own policies. */
function naming({ Principal }: PolicyStatement, caller: Caller): "itself" | "account" | undefined {
  if (Principal === undefined) throw new Error("a resource policy names a principal");
  if (Principal === "*") return "itself";
  if (typeof Principal === "string") throw new Error(`unknown principal ${Principal}`);
  if ("service" in caller)
    return listOf(Principal["Service"] ?? []).includes(caller.service) ? "itself" : undefined;
  const named = listOf(Principal["AWS"] ?? []);
  if (named.includes("*") || named.includes(caller.roleArn)) return "itself";
  const account = accountOf(caller.roleArn);
  const partition = caller.roleArn.split(":")[1];
  return named.some((one) => one === account || one === `arn:${partition}:iam::${account}:root`)
    ? "account"
    : undefined;
}

const actionMatches = ({ Action }: PolicyStatement, action: string): boolean =>
  listOf(Action).some((pattern) => glob(pattern.toLowerCase(), action.toLowerCase()));

/** Whether the request is allowed. Without an identity policy the caller has no permission of its own. */
export function isAllowed(
  { caller, action, resource, owner }: Request,
  policies: { readonly identity?: Policy; readonly resource?: Policy },
): boolean {
  const ofCaller = (policies.identity?.Statement ?? []).filter(
    (statement) =>
      actionMatches(statement, action) &&
      listOf(statement.Resource ?? []).some((pattern) => glob(pattern, resource)) &&
      conditionHolds(statement, caller),
  );
  const ofResource = (policies.resource?.Statement ?? []).flatMap((statement) => {
    const named = naming(statement, caller);
    const concerned = named && actionMatches(statement, action) && conditionHolds(statement, caller);
    return concerned ? [{ statement, named }] : [];
  });
  if ([...ofCaller, ...ofResource.map(({ statement }) => statement)].some(({ Effect }) => Effect === "Deny"))
    return false;
  const byItself = ofResource.some(({ named }) => named === "itself");
  if ("service" in caller) return byItself;
  return accountOf(caller.roleArn) === owner
    ? ofCaller.length > 0 || byItself
    : ofCaller.length > 0 && ofResource.length > 0;
}
