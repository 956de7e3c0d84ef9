import type { RepositoryOptions } from "../../options/repository";
import { uncheckedConsumers } from "../../plan/consumers";
import type { Environment } from "../../plan/environment";
import { type OwnerPolicy, ownerOf, ownerPolicies } from "../../plan/owner-policies";
import type { Problem } from "../../schema/problem";

/**
 * Images of an environment's repository that another environment runs by its URL, without the access that this takes. What
 * statements of the file's own allow is not worked out here, so a repository with any of them is left to the owner.
 */
export function ownerPolicyProblems(environments: readonly Environment[]): Problem[] {
  return environments.flatMap((environment) =>
    ownerPolicies(environment).flatMap((policy): Problem[] => {
      const owner = ownerOf(policy, environments);
      const options = owner?.environment.ecr.repositories[owner.shortName];
      if (owner === undefined || options === undefined) return [];
      const missing = missingAccess(environment, policy, options);
      if (missing.length === 0) return [];
      return [
        {
          file: environment.file,
          path: [...(pathOf(environment, policy) ?? []), "image", "repository"],
          found: policy.url,
          advice: `${owner.environment.file} has this repository and does not let account ${environment.accountId} pull from it; in ecr.repositories.${owner.shortName} there, set ${missing.join(" and ")}`,
        },
      ];
    }),
  );
}

/** The options that the owner lacks, as they are written. */
function missingAccess(
  { accountId }: Environment,
  { roleArns, functions }: OwnerPolicy,
  options: RepositoryOptions,
): string[] {
  const { allowedAccountIds, pullRoleArns, pushRoleArns, enableLambdaPull } = options;
  if (options.repositoryPolicy !== null || options.repositoryPolicyStatements.length > 0) return [];
  const hasAccount = allowedAccountIds.includes(accountId);
  const roles = [...pullRoleArns, ...pushRoleArns];
  const inOrganization = [options.allowedOrganizationIds, options.allowedOrganizationPaths].some(
    (allowed) => allowed.length > 0,
  );
  const lacking = roleArns.filter((arn) => !roles.includes(arn));
  const account = `enableCrossAccountAccess: true with "${accountId}" in allowedAccountIds`;
  if (functions)
    return [...(hasAccount ? [] : [account]), ...(enableLambdaPull ? [] : ["enableLambdaPull: true"])];
  return hasAccount || inOrganization || lacking.length === 0
    ? []
    : [`pullRoleArns: [${lacking.map((arn) => `"${arn}"`).join(", ")}]`];
}

/** Where the file names the repository first. */
const pathOf = (environment: Environment, { url }: OwnerPolicy) =>
  uncheckedConsumers(environment).find(({ options }) => options.image?.repository === url)?.path;
