import { rememberedPair } from "../../modules/values/remembered-pair";
import type { Access } from "./access-entry";
import { conditionText } from "./condition-text";
import { uncovered } from "./policy-coverage";
import { type StatementJson, statementsIn } from "./policy-statements";
import { type Said, saidIn } from "./statement-access";
import type { WeakenedAccess } from "./weakening";

/** What one principal gains or loses. */
export interface AccessLine {
  /** E.g. `account 111122223333 gains ecr:BatchGetImage`. */
  readonly text: string;
  readonly access: WeakenedAccess;
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
  readonly undenied: readonly Pick<AccessLine, "text" | "access">[];
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
  return accessBetween(statementsIn(before), statementsIn(after), accountId);
}

/** Compare the statements of two resource policies. */
export const accessBetween = (
  before: readonly StatementJson[],
  after: readonly StatementJson[],
  accountId: string,
): AccessChange => changeBetween(saidIn(before, accountId), saidIn(after, accountId));

/** One rule asks for what is gained, another one for what is lost. */
const changeBetween = rememberedPair(
  (before: Said, after: Said): AccessChange => ({
    gained: lines(
      "gains",
      uncovered(after.allowed, before.allowed).filter(({ isOutside }) => isOutside),
      before.allowed,
    ),
    lost: lines("loses", uncovered(before.allowed, after.allowed)),
    undenied: before.denials
      .filter(({ denied }) => uncovered(denied, after.denied).length > 0)
      .map(({ sid = "without a Sid" }) => ({
        text: `the Deny statement ${sid} is removed or changed`,
        access: { verb: "is no longer denied", condition: "" },
      })),
  }),
);

/** The narrower conditions under which somebody had the same access before, e.g. `; until now only if Bool a:B = true`. */
function untilNow(access: Access, before: readonly Access[]): string {
  const narrower = before.filter(
    (other) =>
      uncovered([other], [access]).length === 0 &&
      uncovered([{ ...access, condition: other.condition, variables: other.variables }], [other]).length ===
        0,
  );
  const conditions = [...new Set(narrower.map(({ condition }) => conditionText(condition)))].toSorted();
  return conditions.length === 0 ? "" : `; until now only if ${conditions.join(" or if ")}`;
}

/** A line for each principal, resource and condition, with all actions. */
function lines(
  verb: "gains" | "loses",
  changed: readonly Access[],
  before: readonly Access[] = [],
): AccessLine[] {
  const groups = new Map<string, Access[]>();
  for (const access of changed) {
    const until = untilNow(access, before);
    const group = JSON.stringify([access.principal, access.resource, conditionText(access.condition), until]);
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
    const text = `${principal} ${verb} ${actions}${where}${when}${untilNow(first, before)}`;
    return [{ text, access: { principal, verb, condition }, resource }];
  });
}
