import type { Access } from "./access-entry";
import { conditionText } from "./condition-text";
import { uncovered } from "./policy-coverage";

/** A policy document as AWS returns it. */
interface PolicyDocument {
  readonly Statement?: StatementJson | readonly StatementJson[];
}

export interface StatementJson {
  readonly Sid?: string;
  readonly Effect: string;
  readonly [element: string]: unknown;
}

/** What one principal gains or loses. */
export interface AccessLine {
  /** E.g. `account 111122223333 gains ecr:BatchGetImage`. */
  readonly text: string;
  /** ARN of what it may be done with; `undefined` where the policy belongs to one resource. */
  readonly resource: string | undefined;
}

/** How the access that a resource policy gives changes. */
export interface AccessChange {
  /** What everyone, a principal of another account or an identity provider may do and could not before. */
  readonly gained: readonly AccessLine[];
  /** What somebody could do and may not any more. What a wider permission covers stays. */
  readonly lost: readonly AccessLine[];
  /** What is no longer denied. */
  readonly undenied: readonly string[];
}

/**
 * Compare two resource policies. Sids, the order and how statements are split do not matter.
 *
 * @param before JSON of the policy; `undefined` if there is none
 * @param accountId the account of the resource: its own principals gain nothing that IAM could not give them
 * @throws SyntaxError when a policy is not JSON
 */
export function accessChange(
  before: string | undefined,
  after: string | undefined,
  accountId: string,
): AccessChange {
  const [old, current] = [before, after].map(statementsIn) as [StatementJson[], StatementJson[]];
  const [oldAccess, access] = [old, current].map((all) =>
    accessIn(
      all.filter((statement) => !isDenial(statement)),
      accountId,
    ),
  ) as [Access[], Access[]];
  const [oldDenied, denied] = [old, current].map((all) => new Map(all.filter(isDenial).map(withoutSid)));
  return {
    gained: lines(
      "gains",
      uncovered(access, oldAccess).filter(({ isOutside }) => isOutside),
    ),
    lost: lines("loses", uncovered(oldAccess, access)),
    undenied: [...(oldDenied ?? [])]
      .filter(([id]) => !denied?.has(id))
      .map(([, sid]) => `the Deny statement ${sid} is removed or changed`),
  };
}

/** The statements of a policy. @throws SyntaxError when it is not JSON */
export function statementsIn(policy: string | undefined): StatementJson[] {
  if (policy === undefined || policy === "") return [];
  const { Statement = [] } = JSON.parse(policy) as PolicyDocument;
  return [Statement].flat() as StatementJson[];
}

export const isDenial = ({ Effect }: StatementJson): boolean => Effect === "Deny";

const withoutSid = ({ Sid, ...rest }: StatementJson): [string, string] => [
  sortedJson(rest),
  Sid ?? "without a Sid",
];

/** What statements of one effect say, as single principals, actions and resources. */
export function accessIn(statements: readonly StatementJson[], accountId: string): Access[] {
  return statements.flatMap((statement) => {
    const { Condition = {}, NotAction, Action, NotResource, Resource } = statement;
    const actions = NotAction === undefined ? listed(Action) : [allBut(NotAction)];
    const resources =
      NotResource !== undefined
        ? [allBut(NotResource)]
        : Resource === undefined
          ? [undefined]
          : listed(Resource);
    return principalsOf(statement, accountId).flatMap((principal) =>
      actions.flatMap((action) =>
        resources.map((resource) => {
          const access = { ...principal, action, resource };
          return { ...access, condition: Condition as object, id: sortedJson([access, Condition]) };
        }),
      ),
    );
  });
}

type Grantee = Pick<Access, "principal" | "isOutside">;

/** A statement with `NotPrincipal` is about everyone else. */
function principalsOf({ NotPrincipal, Principal = "*" }: StatementJson, accountId: string): Grantee[] {
  if (NotPrincipal !== undefined) {
    const others = principalsOf({ Effect: "Allow", Principal: NotPrincipal }, accountId);
    const names = others.map(({ principal }) => principal).toSorted();
    return [{ principal: `everyone but ${names.join(", ")}`, isOutside: true }];
  }
  if (typeof Principal !== "object" || Principal === null)
    return [principalOf("AWS", String(Principal), accountId)];
  return Object.entries(Principal).flatMap(([type, ids]) =>
    listed(ids).map((id) => principalOf(type, id, accountId)),
  );
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalOf(type: string, id: string, accountId: string): Grantee {
  if (type === "AWS" && id === "*") return { principal: "everyone", isOutside: true };
  const [, root] = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(id) ?? [];
  const [, account = root] = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(id) ?? [];
  return {
    principal: root === undefined ? id : `account ${root}`,
    isOutside: type !== "Service" && (type !== "AWS" || account !== accountId),
  };
}

/** What a list excludes is one name: with one exception fewer, it is another one. */
const allBut = (excluded: unknown): string => `all but ${listed(excluded).toSorted().join(", ")}`;

const listed = (value: unknown): string[] => [value].flat().map(String);

/** Those that are not among others. */
export function without(all: readonly Access[], others: readonly Access[]): Access[] {
  const known = new Set(others.map(({ id }) => id));
  return all.filter(({ id }) => !known.has(id));
}

/** A line for each principal, resource and condition, with all actions. */
function lines(verb: string, changed: readonly Access[]): AccessLine[] {
  const groups = new Map<string, Access[]>();
  for (const access of changed) {
    const group = JSON.stringify([access.principal, access.resource, conditionText(access.condition)]);
    groups.set(group, [...(groups.get(group) ?? []), access]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { principal, resource } = first;
    const condition = conditionText(first.condition);
    const actions = [...new Set(group.map(({ action }) => action))].toSorted().join(", ");
    const where = resource === undefined || resource === "*" ? "" : ` on ${resource}`;
    const when = condition === "" ? "" : `, if ${condition}`;
    return [{ text: `${principal} ${verb} ${actions}${where}${when}`, resource }];
  });
}

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
