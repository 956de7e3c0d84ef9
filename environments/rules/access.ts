import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedRepository } from "../options/repository";
import { isRoleOf } from "../plan/roles";
import type { RuleContext } from "../schema/rule";
import { textsIn } from "../schema/unchecked";

/** Rules for the options that say who may use one repository. */
export function accessRules(
  environment: UncheckedEnvironment,
  repository: UncheckedRepository,
  context: RuleContext,
): void {
  crossAccount(repository, context);
  redundant(repository, context);
  ownAccount(environment, repository, context);
  roles(environment, repository, context);
}

function crossAccount(
  { enableCrossAccountAccess, allowedAccountIds }: UncheckedRepository,
  { problem }: RuleContext,
): void {
  if (!Array.isArray(allowedAccountIds)) return;
  if (enableCrossAccountAccess === true && allowedAccountIds.length === 0)
    problem(
      ["allowedAccountIds"],
      undefined,
      "enableCrossAccountAccess is true but no account may pull; list the account ids or set it to false",
    );
  if (enableCrossAccountAccess === false && allowedAccountIds.length > 0)
    problem(
      ["enableCrossAccountAccess"],
      false,
      "allowedAccountIds lists accounts that could not pull; set enableCrossAccountAccess: true or remove the ids",
    );
}

/** An entry that adds nothing looks like a restriction and restricts nothing. */
function redundant(repository: UncheckedRepository, { problem }: RuleContext): void {
  const of = (list: unknown) => new Set(textsIn(list).map(([text]) => text));
  const accounts = of(repository.allowedAccountIds);
  const organizations = of(repository.allowedOrganizationIds);
  const pushers = of(repository.pushRoleArns);
  for (const [path, index] of textsIn(repository.allowedOrganizationPaths))
    if (organizations.has(path.split("/")[0] ?? ""))
      problem(
        ["allowedOrganizationPaths", index],
        path,
        "the whole organization may pull; remove the path, or the organization from allowedOrganizationIds",
      );
  for (const [arn, index] of textsIn(repository.pullRoleArns)) {
    const path = ["pullRoleArns", index];
    if (accounts.has(roleParts(arn).accountId))
      problem(
        path,
        arn,
        "its whole account may pull; remove the role, or the account from allowedAccountIds",
      );
    if (pushers.has(arn)) problem(path, arn, "a role of pushRoleArns may pull as well; remove it here");
  }
}

function ownAccount(
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

function roles(
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
          `a role has access in its own partition only; name a role of the partition ${partitionOf(region)}`,
        );
      if (isRoleOf(accountId, arn) && /:role\/aws-(?:reserved|service-role)\//.test(arn))
        problem(
          [option, index],
          arn,
          "AWS lets nobody add a policy to this role; give the permission where AWS makes the role, for example in the permission set",
        );
    }
}
