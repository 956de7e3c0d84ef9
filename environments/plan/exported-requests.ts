import { repositoryName } from "../naming";
import type { RegistryOptions } from "../options/registry";
import { type RegistryRequests, requestFormat } from "../options/shared-registry";
import type { Environment } from "./environment";
import { type DeclaredRequest, registryRequests, replicationSources } from "./registry";

/**
 * What an environment requests from its registry, for the project that owns it: every setting that AWS keeps once per
 * registry. Caches and their templates stay in this project, because AWS keeps one for each prefix; their roles are in the
 * registry policy.
 *
 * @param environments all environments of this project, of which some may replicate into the registry
 */
export function exportedRequests(
  environment: Environment,
  environments: readonly Environment[],
): RegistryRequests {
  const { project, name, accountId, region, ecr } = environment;
  const requests = registryRequests(environment);
  const options = (isUnmanaged: boolean) =>
    byName(
      requests
        .filter((request) => (request.namePrefix === undefined) === isUnmanaged)
        .map((request) => [request.name, explicit(request)]),
    );
  return {
    format: requestFormat,
    project,
    environment: name,
    accountId,
    region,
    repositories: options(false),
    unmanagedRepositories: options(true),
    pullThroughCaches: byName(
      Object.entries(ecr.pullThroughCache).map(([cache, { pullRoleArns }]) => [
        repositoryName(environment, cache),
        { pullRoleArns: pullRoleArns.toSorted() },
      ]),
    ),
    replicationSources: byName(
      replicationSources(environment, environments).map((source) => [
        source.accountId,
        { namePatterns: [...source.namePatterns] },
      ]),
    ),
  };
}

/** The options of a request without defaults, which the owner's project may have changed. */
function explicit({ scanFrequency, scanType, destinations }: DeclaredRequest): RegistryOptions {
  return {
    scanOnPush: scanFrequency !== "MANUAL",
    enableEnhancedScanning: scanType === "ENHANCED",
    scanFrequency,
    enableReplication: destinations.length > 0,
    replicationDestinations: destinations.map(({ region, registryId }) => ({ region, registryId })),
  };
}

function byName<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
