import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedRepository } from "../options/repository";
import { isRoleOf } from "../plan/roles";
import type { RuleContext } from "../schema/rule";
import { textsIn } from "../schema/unchecked";

/** Rules for the options that grant access to one repository. */
export function accessRules(
  environment: UncheckedEnvironment,
  repository: UncheckedRepository,
  context: RuleContext,
): void {
  crossAccountAccess(repository, context);
  redundantGrants(repository, context);
  environmentAccount(environment, repository, context);
  roleGrants(environment, repository, context);
}

function crossAccountAccess(
  { enableCrossAccountAccess, allowedAccountIds }: UncheckedRepository,
  { problem }: RuleContext,
): void {
  if (!Array.isArray(allowedAccountIds)) return;
  if (enableCrossAccountAccess === true && allowedAccountIds.length === 0)
    problem(
      ["allowedAccountIds"],
      undefined,
      "enableCrossAccountAccess is true, but no account may pull; add account IDs or set enableCrossAccountAccess: false",
    );
  if (enableCrossAccountAccess === false && allowedAccountIds.length > 0)
    problem(
      ["enableCrossAccountAccess"],
      false,
      "the accounts in allowedAccountIds cannot pull; set enableCrossAccountAccess: true or remove the account IDs",
    );
}

/** An entry that grants nothing new looks like a restriction, but restricts nothing. */
function redundantGrants(repository: UncheckedRepository, { problem }: RuleContext): void {
  const setOf = (list: unknown) => new Set(textsIn(list).map(([text]) => text));
  const paths = textsIn(repository.allowedOrganizationPaths);
  const roles = textsIn(repository.pullRoleArns);
  if (paths.length + roles.length === 0) return;
  const accounts = setOf(repository.allowedAccountIds);
  const organizations = setOf(repository.allowedOrganizationIds);
  const pushRoles = setOf(repository.pushRoleArns);
  for (const [path, index] of paths)
    if (organizations.has(path.split("/")[0] ?? ""))
      problem(
        ["allowedOrganizationPaths", index],
        path,
        "the whole organization may already pull; remove the path, or the organization from allowedOrganizationIds",
      );
  for (const [arn, index] of roles) {
    const path = ["pullRoleArns", index];
    if (accounts.has(roleParts(arn).accountId))
      problem(
        path,
        arn,
        "its whole account may already pull; remove the role, or the account from allowedAccountIds",
      );
    if (pushRoles.has(arn)) problem(path, arn, "a role in pushRoleArns may also pull; remove it here");
  }
}

function environmentAccount(
  { accountId }: UncheckedEnvironment,
  { allowedAccountIds }: UncheckedRepository,
  { problem }: RuleContext,
): void {
  for (const [id, index] of textsIn(allowedAccountIds))
    if (id === accountId)
      problem(
        ["allowedAccountIds", index],
        accountId,
        "this is the environment's own account, which needs no permission here; remove it",
      );
}

function roleGrants(
  { accountId, region }: UncheckedEnvironment,
  repository: UncheckedRepository,
  { problem }: RuleContext,
): void {
  for (const option of ["pullRoleArns", "pushRoleArns"] as const)
    for (const [arn, index] of textsIn(repository[option])) {
      const role = roleParts(arn);
      if (
        /^\d{12}$/.test(role.accountId) &&
        typeof region === "string" &&
        role.partition !== partitionOf(region)
      )
        problem(
          [option, index],
          arn,
          `a role has access only within its own partition; use a role in the partition ${partitionOf(region)}`,
        );
      if (isRoleOf(accountId, arn) && /:role\/aws-(?:reserved|service-role)\//.test(arn))
        problem(
          [option, index],
          arn,
          "AWS does not allow changes to this role; add the permission where AWS creates the role, for example in the permission set",
        );
    }
}
