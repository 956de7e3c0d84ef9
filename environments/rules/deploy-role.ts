import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import type { UncheckedEnvironment } from "../options/environment";
import { isAccountId } from "../schema/fields";
import type { RuleContext } from "../schema/rule";

/** Rules for the role that deploys. The schema reports a value that is no ARN of a role. */
export function deployRoleRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { deployRole, accountId } = environment;
  if (typeof deployRole !== "object" || deployRole === null) return;
  inAccount(deployRole.arn, accountId, "the environment's account", context.at("deployRole"));
  for (const role of ["plan", "deploy"] as const)
    if (environment.security?.ci?.[role] !== undefined)
      context
        .at("security", "ci")
        .problem(
          [role],
          environment.security.ci[role],
          role === "plan"
            ? "with deployRole, Terraform assumes a second role, so whoever may plan could also deploy; remove deployRole, or let pipelines that you define elsewhere assume it"
            : "with deployRole, Terraform assumes a second role, which this one may not; remove deployRole, or let pipelines that you define elsewhere assume it",
        );
}

/**
 * A role is in the account whose resources it manages: Terraform refuses any other account.
 *
 * @param account whose it is, for the message
 */
export function inAccount(
  arn: unknown,
  accountId: string | undefined,
  account: string,
  { problem }: RuleContext,
): void {
  const found = typeof arn === "string" ? roleParts(arn).accountId : undefined;
  if (!isAccountId(found) || accountId === undefined || found === accountId) return;
  problem(["arn"], arn, `the role must be in ${account}, ${accountId}; use a role of that account`);
}
