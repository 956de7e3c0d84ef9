import { namePrefix, type RegistryAddress } from "../naming";
import type { RegistryOptions } from "../options/registry";
import { type RegistryRequests, requestFormat } from "../options/shared-registry";
import type { Environment } from "./environment";
import { cacheReaders } from "./private-upstreams";
import { cachePrefix } from "./pull-through-caches";
import { type DeclaredRequest, registryRequests, replicaRequests } from "./registry-requests";
import { replicationSources } from "./replication-sources";
import { nameStart } from "./repository-names";

/**
 * What an environment requests from a registry, for the project that owns it: every setting that AWS keeps once per
 * registry. What AWS keeps by name stays in this project: caches, templates and pull-time update exclusions. The roles of
 * caches are in the registry policy.
 *
 * @param environments all environments of this project, of which some may replicate into the registry or read it
 * @param region Region of the registry. @default - that of the environment; another one has its replicas
 */
export function exportedRequests(
  environment: Environment,
  environments: readonly Environment[],
  region: string = environment.region,
): RegistryRequests {
  const { project, name, accountId, ecr } = environment;
  const start = nameStart(environment) ?? "";
  const isHome = region === environment.region;
  const requests = isHome ? registryRequests(environment) : replicaRequests(environment, region);
  const options = (isUnmanaged: boolean) =>
    byName(
      requests
        .filter((request) => request.isUnmanaged === isUnmanaged)
        .map((request) => [request.name, explicit(request)]),
    );
  return {
    format: requestFormat,
    project,
    environment: name,
    accountId,
    region,
    ...(start !== `${namePrefix(environment)}-` && { nameStart: start }),
    repositories: options(false),
    unmanagedRepositories: options(true),
    pullThroughCaches: byName(
      Object.entries(isHome ? ecr.pullThroughCache : {}).map(([cache, options]) => [
        cachePrefix(environment, cache, options),
        { pullRoleArns: options.pullRoleArns.toSorted() },
      ]),
    ),
    replicationSources: byName(
      replicationSources({ accountId, region }, environments).map((source) => [
        source.accountId,
        { namePatterns: [...source.namePatterns] },
      ]),
    ),
    allowReplicaCreation: ecr.allowReplicaCreation,
    cacheReaders: readers({ accountId, region }, environments),
    accountSettings: isHome ? ecr.accountSettings : {},
  };
}

/** What the caches of other accounts read, by account. */
function readers(
  address: RegistryAddress,
  environments: readonly Environment[],
): RegistryRequests["cacheReaders"] {
  const names = new Map<string, Set<string>>();
  for (const { accountId, repositoryArn } of cacheReaders(address, environments))
    names.set(
      accountId,
      (names.get(accountId) ?? new Set()).add(repositoryArn.slice(repositoryArn.indexOf("/") + 1)),
    );
  return byName(
    [...names].map(([account, patterns]) => [account, { namePatterns: [...patterns].toSorted() }]),
  );
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
