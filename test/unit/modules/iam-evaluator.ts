import type { Statement } from "../../../modules/policy-document";

/** One request, as IAM sees it. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the request brings along. */
  readonly context?: Readonly<Record<string, string>>;
}

const listOf = (value: string | readonly string[] = []): readonly string[] =>
  typeof value === "string" ? [value] : value;

const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  ).test(text);

const operators: Readonly<Record<string, (wanted: string, found: string) => boolean>> = {
  StringEquals: (wanted, found) => wanted === found,
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
};

function applies({ Action, Resource, Condition = {} }: Statement, request: Request): boolean {
  return (
    Action.some((action) => like(action, request.action)) &&
    listOf(Resource).some((resource) => like(resource, request.resource)) &&
    Object.entries(Condition).every(([operator, keys]) => {
      const holds = operators[operator];
      if (holds === undefined) throw new Error(`the evaluator does not know ${operator}`);
      return Object.entries(keys).every(([key, wanted]) => {
        const found = request.context?.[key];
        return found !== undefined && listOf(wanted).some((value) => holds(value, found));
      });
    })
  );
}

/**
 * Whether the policy of a role allows a request: some statement allows it and none denies it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows(statements: readonly Statement[], request: Request): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === "Allow");
}
