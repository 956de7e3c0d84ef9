import { roleParts } from "../../modules/ecr/access/grantee-syntax";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { RepositoryCandidate } from "../options/ecr";
import type { EnvironmentCandidate } from "../options/environment";
import type { RuleContext } from "../schema/rule";

/** Options of one repository that list who may use it. */
const lists = [
  ["allowedAccountIds", "account"],
  ["allowedOrganizationIds", "organization"],
  ["allowedOrganizationPaths", "path"],
  ["pullRoleArns", "role"],
  ["pushRoleArns", "role"],
] as const;

type ListName = (typeof lists)[number][0];

/** Each text of a list with its place, whatever else stands in the list. */
function entriesOf(repository: RepositoryCandidate, name: ListName): [string, number][] {
  const list: unknown = repository[name];
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index): [string, number][] =>
    typeof entry === "string" ? [[entry, index]] : [],
  );
}

/** Rules between the options that say who may use one repository. */
export function accessRules(repository: RepositoryCandidate, context: RuleContext): void {
  crossAccount(repository, context);
  for (const [name, word] of lists) twice(repository, name, word, context);
  covered(repository, context);
}

function crossAccount(
  { enableCrossAccountAccess, allowedAccountIds }: RepositoryCandidate,
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

function twice(
  repository: RepositoryCandidate,
  name: ListName,
  word: string,
  { problem }: RuleContext,
): void {
  const seen = new Set<string>();
  for (const [entry, index] of entriesOf(repository, name)) {
    if (seen.has(entry)) problem([name, index], entry, `this ${word} is listed twice; remove it here`);
    seen.add(entry);
  }
}

/** An entry that adds nothing looks like a limit and is none. */
function covered(repository: RepositoryCandidate, { problem }: RuleContext): void {
  const of = (name: ListName) => new Set(entriesOf(repository, name).map(([entry]) => entry));
  const [accounts, organizations, pushers] = [
    of("allowedAccountIds"),
    of("allowedOrganizationIds"),
    of("pushRoleArns"),
  ];
  for (const [path, index] of entriesOf(repository, "allowedOrganizationPaths"))
    if (organizations.has(path.split("/")[0] ?? ""))
      problem(
        ["allowedOrganizationPaths", index],
        path,
        "the whole organization may pull; remove the path, or the organization from allowedOrganizationIds",
      );
  for (const [arn, index] of entriesOf(repository, "pullRoleArns")) {
    const at = ["pullRoleArns", index];
    if (accounts.has(roleParts(arn).accountId))
      problem(at, arn, "its whole account may pull; remove the role, or the account from allowedAccountIds");
    if (pushers.has(arn)) problem(at, arn, "a role of pushRoleArns may pull as well; remove it here");
  }
}

/** Rules between who may use a repository and where it is. */
export function accessFromOutside(
  environment: EnvironmentCandidate,
  repository: RepositoryCandidate,
  at: readonly PropertyKey[],
  { problem }: RuleContext,
): void {
  const { accountId, region } = environment;
  for (const [id, index] of entriesOf(repository, "allowedAccountIds"))
    if (id === accountId)
      problem(
        [...at, "allowedAccountIds", index],
        accountId,
        "this is the environment's own account, which needs no permission here; remove it",
      );
  for (const name of ["pullRoleArns", "pushRoleArns"] as const)
    for (const [arn, index] of entriesOf(repository, name)) {
      const path = [...at, name, index];
      const role = roleParts(arn);
      if (
        /^\d{12}$/.test(role.accountId) &&
        typeof region === "string" &&
        role.partition !== partitionOf(region)
      )
        problem(
          path,
          arn,
          `a role has access in its own partition only; name a role of the partition ${partitionOf(region)}`,
        );
      if (role.accountId === accountId && /:role\/aws-(?:reserved|service-role)\//.test(arn))
        problem(
          path,
          arn,
          "AWS lets nobody add a policy to this role; give the permission where AWS makes the role, for example in the permission set",
        );
    }
}
