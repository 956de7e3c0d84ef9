import type { Statement } from "../modules/policy-document";

/** One request to AWS as IAM sees it. */
export interface Request {
  readonly action: string;
  /** ARN, or `*` for an action without resources. */
  readonly resource: string;
  /** Values of condition keys. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * Whether identity policies allow a request: some statement allows it and none denies it.
 *
 * Knows the parts of IAM's language that our policies use, and throws at any other.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed(statements: readonly Statement[], request: Request): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return (
    applying.some(({ Effect }) => Effect === "Allow") && !applying.some(({ Effect }) => Effect === "Deny")
  );
}

/** Whether a role's trust policy lets a service take it on. */
export function trusts(statements: readonly Statement[], service: string, context = {}): boolean {
  return statements.some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Allow" &&
      typeof Principal === "object" &&
      listed(Principal["Service"]).includes(service) &&
      Action.includes("sts:AssumeRole") &&
      holds(Condition, context),
  );
}

const listed = (value: string | readonly string[] = []): readonly string[] =>
  typeof value === "string" ? [value] : value;

function applies({ Action, Condition, ...on }: Statement, request: Request): boolean {
  return (
    // A policy of AWS has a single action as a text.
    listed(Action).some((pattern) => like(pattern.toLowerCase(), request.action.toLowerCase())) &&
    covers(on, request.resource) &&
    holds(Condition, request.context ?? {})
  );
}

function covers({ Resource, NotResource }: Partial<Statement>, resource: string): boolean {
  const any = (patterns: Statement["Resource"]) =>
    listed(patterns).some((pattern) => like(pattern, resource));
  return NotResource === undefined ? any(Resource) : !any(NotResource);
}

function like(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
}

function holds(conditions: Statement["Condition"] = {}, context: Readonly<Record<string, string>>): boolean {
  return Object.entries(conditions).every(([operator, keys]) => {
    const compare = operator === "StringEquals" ? (a: string, b: string) => a === b : like;
    if (!["StringEquals", "ArnLike", "StringLike"].includes(operator))
      throw new Error(`unknown: ${operator}`);
    return Object.entries(keys).every(([key, wanted]) => {
      const found = context[key];
      return found !== undefined && listed(wanted).some((value) => compare(value, found));
    });
  });
}
