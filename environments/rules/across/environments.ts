import { identityProviders } from "../../plan/ci-roles";
import type { Environment } from "../../plan/environment";
import { registryPlans } from "../../plan/registry-plan";
import type { Problem } from "../../schema/problem";
import { accountSettingConflicts } from "./account-settings";
import { sharedDeployRole } from "./deploy-roles";
import { nestedPrefixes, repeatedNames } from "./names";
import { overlappingNetworks } from "./network-overlap";
import { ownerPolicyProblems } from "./owner-policies";
import { policyLengthProblems } from "./policy-lengths";
import { providerVersionProblems } from "./provider-version";
import { cacheProblems } from "./pull-through-caches";
import { exclusionProblems } from "./pull-time-exclusions";
import { registryConflicts } from "./registry-conflicts";
import { handedOverPolicyProblems, registryPolicyProblems } from "./registry-policy-length";
import { sharedNames, sharedPublicNames } from "./repository-names";
import { shardNameClashes } from "./shard-names";
import { sharedRegistryProblems } from "./shared-registry";
import { bucketPolicyProblems, bucketsCreatedTwice, sharedBuckets, sharedState } from "./states";
import { templateConflicts } from "./template-prefixes";
import { unmanagedProblems } from "./unmanaged-repositories";

/**
 * Rules across validated environments. Each problem is reported for the file to change.
 *
 * @param environments environments whose files have no problems themselves
 * @param names names of all environments, including those with problems
 * @param providerVersion version of the AWS provider, to reject features that it does not support
 */
export function acrossEnvironments(
  environments: readonly Environment[],
  names: readonly string[],
  providerVersion?: string,
): Problem[] {
  return [
    ...environments.flatMap(policyLengthProblems),
    ...betweenEnvironments(environments, names),
    ...(providerVersion === undefined ? [] : providerVersionProblems(environments, providerVersion)),
  ];
}

function betweenEnvironments(environments: readonly Environment[], names: readonly string[]): Problem[] {
  const sameNames = repeatedNames(environments);
  // All other rules identify environments by name.
  if (sameNames.length > 0) return sameNames;
  const plans = registryPlans(environments);
  return [
    ...sharedBuckets(environments),
    ...sharedProviders(environments),
    ...nestedPrefixes(environments),
    ...sharedPublicNames(environments),
    ...shardNameClashes(environments),
    ...overlappingNetworks(environments, names),
    ...ownerPolicyProblems(environments),
    ...bucketsCreatedTwice(environments),
    ...bucketPolicyProblems(environments),
    ...environments.flatMap((environment) => handedOverPolicyProblems(environment, plans)),
    ...plans.flatMap((plan) => [
      ...registryPolicyProblems(plan, environments),
      ...sharedState(plan),
      ...sharedDeployRole(plan),
      ...sharedNames(plan),
      ...sharedRegistryProblems(plan),
      ...unmanagedProblems(plan),
      ...registryConflicts(plan),
      ...cacheProblems(plan),
      ...accountSettingConflicts(plan),
      ...templateConflicts(plan),
      ...exclusionProblems(plan),
    ]),
  ];
}

/** An account can have one identity provider for each URL, so one environment creates it and the others use it. */
function sharedProviders(environments: readonly Environment[]): Problem[] {
  const creators = new Map<string, Environment>();
  return environments.flatMap((environment) =>
    identityProviders(environment).flatMap(({ kind, url, create }): Problem[] => {
      const place = `${environment.accountId} ${url}`;
      const creator = creators.get(place);
      if (create && creator === undefined) creators.set(place, environment);
      if (!create || creator === undefined) return [];
      return [
        {
          file: environment.file,
          path: ["security", "ci", kind, "provider"],
          found: "create",
          advice: `${creator.file} creates the identity provider for ${url} in the same account, which can have only one; set provider: "existing" here`,
        },
      ];
    }),
  );
}
