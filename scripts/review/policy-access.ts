import { remembered } from "../../modules/values/remembered";
import type { Access } from "./access-entry";
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
  /** What somebody could do and may not any more. */
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
  const [old, current] = [saidIn(statementsIn(before), accountId), saidIn(statementsIn(after), accountId)];
  const known = compared.get(old)?.get(current);
  if (known !== undefined) return known;
  const change = changeBetween(old, current);
  compared.set(old, (compared.get(old) ?? new WeakMap()).set(current, change));
  return change;
}

/** One rule asks for what is gained, another one for what is lost. */
const compared = new WeakMap<Said, WeakMap<Said, AccessChange>>();

function changeBetween(old: Said, current: Said): AccessChange {
  return {
    gained: lines(
      "gains",
      uncovered(current.allowed, old.allowed).filter(({ isOutside }) => isOutside),
    ),
    lost: lines("loses", without(old.allowed, current.allowed)),
    undenied: [...old.denials]
      .filter(([id]) => !current.denials.has(id))
      .map(([, sid]) => `the Deny statement ${sid} is removed or changed`),
  };
}

/** The statements of a policy, which nobody may change. @throws SyntaxError when it is not JSON */
export const statementsIn = (policy: string | undefined): readonly StatementJson[] =>
  policy === undefined || policy === "" ? none : parsedStatements(policy);

const none: readonly StatementJson[] = [];

/** Several rules read the same policy. */
const parsedStatements = remembered(50_000, (policy): readonly StatementJson[] => {
  const { Statement = [] } = JSON.parse(policy) as PolicyDocument;
  return [Statement].flat() as StatementJson[];
});

/** What the statements of a policy say. */
interface Said {
  readonly allowed: readonly Access[];
  readonly denied: readonly Access[];
  /** The Sid of each Deny statement, by the rest of it. */
  readonly denials: ReadonlyMap<string, string>;
}

const said = new WeakMap<readonly StatementJson[], Map<string, Said>>();

/** What statements say in a resource of an account, worked out once for each list of statements. */
export function saidIn(statements: readonly StatementJson[], accountId: string): Said {
  const byAccount = said.get(statements) ?? new Map<string, Said>();
  said.set(statements, byAccount);
  const known = byAccount.get(accountId);
  if (known !== undefined) return known;
  const denials = statements.filter(isDenial);
  const found = {
    allowed: accessIn(
      statements.filter((statement) => !isDenial(statement)),
      accountId,
    ),
    denied: accessIn(denials, accountId),
    denials: new Map(denials.map(withoutSid)),
  };
  byAccount.set(accountId, found);
  return found;
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
    const conditionKeys = Object.values(Condition as object)
      .flatMap((test) => Object.keys(test as object))
      .toSorted();
    const conditionId = sortedJson(Condition);
    return principalsOf(statement, accountId).flatMap((principal) =>
      actions.flatMap((action) =>
        resources.map((resource) => {
          const id = JSON.stringify([principal, action, resource ?? null, conditionId]);
          return { ...principal, action, resource, conditionKeys, condition: Condition as object, id };
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
export function without(all: readonly Access[], others: readonly Access[]): readonly Access[] {
  if (all.length === 0 || others.length === 0) return all;
  const known = new Set(others.map(({ id }) => id));
  return all.filter(({ id }) => !known.has(id));
}

/** A line for each principal, resource and set of condition keys, with all actions. */
function lines(verb: string, changed: readonly Access[]): AccessLine[] {
  const groups = new Map<string, Access[]>();
  for (const access of changed) {
    const group = JSON.stringify([access.principal, access.resource, access.conditionKeys]);
    groups.set(group, [...(groups.get(group) ?? []), access]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { principal, resource, conditionKeys } = first;
    const actions = [...new Set(group.map(({ action }) => action))].join(", ");
    const where = resource === undefined || resource === "*" ? "" : ` on ${resource}`;
    const when = conditionKeys.length === 0 ? "" : `, with a condition on ${conditionKeys.join(", ")}`;
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
