import { maxPolicyLength } from "../../../modules/ecr/access/repository-policy";
import { cacheImports } from "../../../modules/ecr/cache/cache-permission";
import { maxCacheRules } from "../../../modules/ecr/cache/cache-prefix";
import { policyDocument } from "../../../modules/iam/policy-document";
import { cacheImportsOf } from "../../plan/pull-through-caches";
import type { RegistryPlan } from "../../plan/registry";
import type { Problem } from "../../schema/problem";

/** What a registry cannot hold of the caches of all its environments together. */
export function cacheProblems(plan: RegistryPlan): Problem[] {
  return [...tooMany(plan), ...policyTooLong(plan)];
}

/** At each cache that is too many. */
function tooMany({ environments }: RegistryPlan): Problem[] {
  return environments
    .flatMap(({ file, ecr }) => Object.keys(ecr.pullThroughCache).map((name) => ({ file, name })))
    .slice(maxCacheRules)
    .map(({ file, name }) => ({
      file,
      path: ["ecr", "pullThroughCache", name],
      found: name,
      advice: `a registry takes ${maxCacheRules} pull-through caches, over all environments of the account and Region; remove some`,
    }));
}

/** At the first cache that names roles. A registry policy is as long as a repository policy may be. */
function policyTooLong({ environments }: RegistryPlan): Problem[] {
  const { length } = policyDocument(cacheImports(environments.flatMap(cacheImportsOf)));
  if (length <= maxPolicyLength) return [];
  return environments
    .flatMap(({ file, ecr }) =>
      Object.entries(ecr.pullThroughCache)
        .filter(([, { pullRoleArns }]) => pullRoleArns.length > 0)
        .map(([name, { pullRoleArns }]) => ({
          file,
          path: ["ecr", "pullThroughCache", name, "pullRoleArns"],
          found: `${pullRoleArns.length} roles`,
          advice: `with the roles of all caches the registry policy would have ${length} characters and ECR takes ${maxPolicyLength}; give roles the permission in their own policies`,
        })),
    )
    .slice(0, 1);
}
