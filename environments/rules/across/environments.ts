import { identityProviders } from "../../plan/ci-roles";
import type { Environment } from "../../plan/environment";
import { registryPlans } from "../../plan/registry";
import type { Problem } from "../../schema/problem";
import { nestedPrefixes, repeatedNames, sharedNames } from "./names";
import { overlappingNetworks } from "./network-overlap";
import { policyLengthProblems } from "./policy-lengths";
import { providerVersionProblems } from "./provider-version";
import { cacheProblems } from "./pull-through-caches";
import { registryConflicts } from "./registry-conflicts";
import { bucketsCreatedTwice, sharedBuckets, sharedState } from "./states";
import { unmanagedProblems } from "./unmanaged-repositories";

/**
 * Rules over validated environments. Each problem is reported for the file that has to change.
 *
 * @param environments the files without problems of their own
 * @param names names of all environments, including those with problems
 * @param providerVersion version of the AWS provider, to refuse features that it lacks
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
  // Everything else is found by name.
  if (sameNames.length > 0) return sameNames;
  return [
    ...sharedBuckets(environments),
    ...sharedProviders(environments),
    ...nestedPrefixes(environments),
    ...overlappingNetworks(environments, names),
    ...bucketsCreatedTwice(environments),
    ...registryPlans(environments).flatMap((plan) => [
      ...sharedState(plan),
      ...sharedNames(plan),
      ...unmanagedProblems(plan),
      ...registryConflicts(plan),
      ...cacheProblems(plan),
    ]),
  ];
}

/** An account has one identity provider for each URL, so one environment makes it and the others use it. */
function sharedProviders(environments: readonly Environment[]): Problem[] {
  const makers = new Map<string, Environment>();
  return environments.flatMap((environment) =>
    identityProviders(environment).flatMap(({ kind, url, create }): Problem[] => {
      const place = `${environment.accountId} ${url}`;
      const maker = makers.get(place);
      if (create && maker === undefined) makers.set(place, environment);
      if (!create || maker === undefined) return [];
      return [
        {
          file: environment.file,
          path: ["security", "ci", kind, "provider"],
          found: "create",
          advice: `${maker.file} makes the identity provider for ${url} in the same account, which can have one; write provider: "existing" here`,
        },
      ];
    }),
  );
}
