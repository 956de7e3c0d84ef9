import { remembered } from "../../modules/values/remembered";

/** A policy document as AWS returns it. */
interface PolicyDocument {
  readonly Version?: string;
  readonly Statement?: StatementJson | readonly StatementJson[];
}

export interface StatementJson {
  readonly Sid?: string;
  readonly Effect: string;
  /** Version of the policy; AWS takes `2008-10-17` for none. */
  readonly Version?: string;
  readonly [element: string]: unknown;
}

/**
 * The statements of a policy, each with its version. Nobody may change them: several rules read the same ones.
 *
 * @throws SyntaxError when it is no JSON, or no policy
 */
export const statementsIn = (policy: string | undefined): readonly StatementJson[] =>
  policy === undefined || policy === "" ? none : parsed(policy);

const none: readonly StatementJson[] = [];

const parsed = remembered(50_000, (policy): readonly StatementJson[] => {
  const document = JSON.parse(policy) as PolicyDocument | null;
  if (!isObject(document)) throw new SyntaxError("A policy is an object.");
  const { Version, Statement = [] } = document as PolicyDocument;
  const statements = [Statement].flat() as StatementJson[];
  if (!statements.every(isStatement)) throw new SyntaxError("A policy has a list of statements.");
  return Version === undefined ? statements : statements.map((statement) => ({ ...statement, Version }));
});

export const isDenial = ({ Effect }: StatementJson): boolean => Effect === "Deny";

/** The order of keys and lists means nothing in a policy, and a list of one is the same as its entry. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null) return inner;
    if (!Array.isArray(inner))
      return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    if (!inner.every((item) => typeof item === "string")) return inner;
    return inner.length === 1 ? inner[0] : inner.toSorted();
  });
}

const isStatement = (statement: unknown): boolean => {
  if (!isObject(statement)) return false;
  const { Condition = {} } = statement;
  return isObject(Condition) && Object.values(Condition).every(isObject);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
