import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import type { UncheckedEnvironment } from "../options/environment";
import { isAccountId } from "../schema/fields";
import type { RuleContext } from "../schema/rule";

/** Rules for the roles that deploy and that reach states. The schema reports a value that is no ARN of a role. */
export function deployRoleRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const { deployRole, accountId, state } = environment;
  const stateRole = state?.backend === "s3" ? state.role : undefined;
  const given = (role: unknown) => typeof role === "object" && role !== null;
  if (state?.backend === "s3" && given(stateRole))
    inAccount(
      stateRole?.arn,
      state.accountId ?? accountId,
      "the account of the bucket",
      context.at("state", "role"),
    );
  if (given(deployRole))
    inAccount(deployRole?.arn, accountId, "the environment's account", context.at("deployRole"));
  const option = given(deployRole) ? "deployRole" : "state.role";
  if (!given(deployRole) && !given(stateRole)) return;
  for (const role of ["plan", "deploy"] as const)
    if (environment.security?.ci?.[role] !== undefined)
      context
        .at("security", "ci")
        .problem(
          [role],
          environment.security.ci[role],
          role === "plan"
            ? `with ${option}, Terraform assumes a second role, so anyone who can plan could also deploy; remove ${option}, or let pipelines that you define elsewhere assume it`
            : `with ${option}, Terraform assumes a second role, which this role is not allowed to assume; remove ${option}, or let pipelines that you define elsewhere assume it`,
        );
}

/**
 * A role is in the account whose resources it manages: Terraform refuses any other account.
 *
 * @param account whose it is, for the message
 */
function inAccount(
  arn: unknown,
  accountId: string | undefined,
  account: string,
  { problem }: RuleContext,
): void {
  const found = typeof arn === "string" ? roleParts(arn).accountId : undefined;
  if (!isAccountId(found) || accountId === undefined || found === accountId) return;
  problem(["arn"], arn, `the role must be in ${account}, ${accountId}; use a role of that account`);
}
