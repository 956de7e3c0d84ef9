import { changesRepository } from "../../modules/ecr/access/repository-statement";
import { isEveryone, webApplicationKey } from "../../modules/iam/principal";
import type { StatementParts } from "../../modules/iam/statement-parts";
import { allowsEveryone, allowsUnnamedOutside } from "../../modules/iam/statement-reach";

/** That a statement allows more callers than it names. Production refuses it, and synth warns of it elsewhere. */
export interface StatementReach {
  readonly rule: "no-public-access" | "no-foreign-push";
  readonly warning: "public-access" | "foreign-push";
  readonly found: readonly string[];
  /** What the statement does, as a clause. */
  readonly text: string;
  readonly remedy: string;
}

/** How far a statement of a repository policy reaches. @param accountId of the repository, if it is known */
export function reachOf(statement: StatementParts, accountId: string | undefined): StatementReach[] {
  const found = statement.principals.list.map(({ identifier }) => identifier);
  const reach: StatementReach[] = [];
  if (allowsEveryone(statement))
    reach.push({
      rule: "no-public-access",
      warning: "public-access",
      found,
      ...openTo(statement),
    });
  if (accountId !== undefined && changesRepository(statement) && allowsUnnamedOutside(statement, accountId))
    reach.push({
      rule: "no-foreign-push",
      warning: "foreign-push",
      found,
      text: "this allows callers outside the account, whom it does not name one by one, to push images or to change the repository",
      remedy: "allow the roles in question, for example with pushRoleArns",
    });
  return reach;
}

/** Who is allowed by a statement for everyone, and what to do about it. */
function openTo({ principals }: StatementParts): Pick<StatementReach, "text" | "remedy"> {
  const everyone = principals.negated ? [] : principals.list.filter(isEveryone);
  const keys = everyone.map(webApplicationKey);
  const [key] = keys;
  if (key === undefined || keys.includes(undefined))
    return {
      text: "this allows every AWS account, because no condition narrows down who calls",
      remedy: "name the principals, or add a condition such as StringEquals on aws:PrincipalOrgID",
    };
  return {
    text: `this allows everyone who signs in at ${everyone[0]?.identifier}, because no condition narrows down who calls`,
    remedy: `name roles instead, or add a condition such as StringEquals on ${key}`,
  };
}
