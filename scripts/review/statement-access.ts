import type { Access, Names, Principal, Who } from "./access-entry";
import { variablesIn } from "./policy-pattern";
import { isDenial, type StatementJson, sortedJson } from "./policy-statements";

/**
 * What statements of one effect say, as single principals, actions and resources.
 *
 * @param accountId of the resource, twelve digits
 */
export function accessIn(statements: readonly StatementJson[], accountId: string): Access[] {
  return statements.flatMap((statement) => {
    const { Condition = {}, NotAction, Action, NotResource, Resource, Version } = statement;
    const rest = { condition: Condition as object };
    const variables = Version === "2012-10-17" ? variablesIn([Resource, NotResource, Condition]) : undefined;
    const everywhere = Resource === undefined && NotResource === undefined;
    const resources = everywhere ? [undefined] : namesIn(Resource, NotResource);
    const isOwn = isOnlyForAccount(Condition as object, accountId);
    const grantees = granteesOf(statement, accountId).map((grantee) => ({
      ...grantee,
      isOutside: grantee.isOutside && !(isOwn && isPrincipalOfAws(grantee.who)),
    }));
    return grantees.flatMap((grantee) =>
      namesIn(Action, NotAction).flatMap((actions) =>
        resources.map((names) => {
          const said = { ...grantee, action: nameOf(actions), resource: names && nameOf(names), ...rest };
          const id = sortedJson([said, actions, names ?? []]);
          return { ...said, actions, resources: names, variables, id };
        }),
      ),
    );
  });
}

const isPrincipalOfAws = (who: Who): boolean => "allBut" in who || who.type === "AWS";

/**
 * Whether a condition lets in principals of one account alone, as the policies of VPC endpoints do.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
 */
const isOnlyForAccount = (condition: object, accountId: string): boolean =>
  Object.entries(condition).some(
    ([operator, keys]) =>
      operator.toLowerCase() === "stringequals" &&
      Object.entries(keys as object).some(
        ([key, values]) =>
          key.toLowerCase() === "aws:principalaccount" &&
          [values].flat().every((value) => String(value) === accountId),
      ),
  );

/** What the statements of a policy say. */
export interface Said {
  readonly allowed: readonly Access[];
  readonly denied: readonly Access[];
  /** The same by statement. */
  readonly denials: readonly { readonly sid: string | undefined; readonly denied: readonly Access[] }[];
}

const said = new WeakMap<readonly StatementJson[], Map<string, Said>>();

/** What statements say in a resource of an account, worked out once for each list of statements. */
export function saidIn(statements: readonly StatementJson[], accountId: string): Said {
  const byAccount = said.get(statements) ?? new Map<string, Said>();
  said.set(statements, byAccount);
  const known = byAccount.get(accountId);
  if (known !== undefined) return known;
  const denials = statements
    .filter(isDenial)
    .map((statement) => ({ sid: statement.Sid, denied: accessIn([statement], accountId) }));
  const found = {
    allowed: accessIn(
      statements.filter((statement) => !isDenial(statement)),
      accountId,
    ),
    denied: denials.flatMap(({ denied }) => denied),
    denials,
  };
  byAccount.set(accountId, found);
  return found;
}

/** Each of a list, or all but those of the other list. */
const namesIn = (listedNames: unknown, excluded: unknown): Names[] =>
  excluded === undefined
    ? listed(listedNames).map((pattern) => ({ pattern }))
    : [{ allBut: listed(excluded).toSorted() }];

const nameOf = (names: Names): string =>
  "pattern" in names ? names.pattern : `all but ${names.allBut.join(", ")}`;

type Grantee = Pick<Access, "principal" | "isOutside" | "who">;

/** A statement with `NotPrincipal` is about everyone else. */
function granteesOf({ NotPrincipal, Principal = "*" }: StatementJson, accountId: string): Grantee[] {
  if (NotPrincipal !== undefined) {
    const others = principalsIn(NotPrincipal, accountId);
    const names = others.map(nameOfPrincipal).toSorted();
    const who: Who = { allBut: others };
    return [{ principal: `everyone but ${names.join(", ")}`, isOutside: true, who }];
  }
  return principalsIn(Principal, accountId).map((who) => ({
    principal: nameOfPrincipal(who),
    isOutside: who.type !== "Service" && (who.type !== "AWS" || accountOf(who.id) !== accountId),
    who,
  }));
}

function principalsIn(element: unknown, accountId: string): Principal[] {
  if (typeof element !== "object" || element === null)
    return [principalOf("AWS", String(element), accountId)];
  return Object.entries(element).flatMap(([type, ids]) =>
    listed(ids).map((id) => principalOf(type, id, accountId)),
  );
}

const nameOfPrincipal = ({ type, id }: Principal): string => (type === "AWS" && id === "*" ? "everyone" : id);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalOf(type: string, name: string, accountId: string): Principal {
  const [, root] = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(name) ?? [];
  const id = root === undefined ? name : `account ${root}`;
  const account = type === "AWS" ? accountOf(id) : undefined;
  // Without the resource's account, any account may be its own.
  const isOther = account !== undefined && /^\d{12}$/.test(accountId) && account !== accountId;
  return { type, id, otherAccount: isOther ? account : undefined };
}

/** Account of a principal; `undefined` if its name does not say it. */
function accountOf(id: string): string | undefined {
  const [, account] = /^(?:account |arn:[^:]*:(?:iam|sts)::)(\d{12})(?::|$)/.exec(id) ?? [];
  return account;
}

const listed = (value: unknown): string[] => [value].flat().map(String);

/** Those that are not among others. */
export function without(all: readonly Access[], others: readonly Access[]): Access[] {
  const known = new Set(others.map(({ id }) => id));
  return all.filter(({ id }) => !known.has(id));
}
