import type { Destination, RegistryRequest } from "../modules/ecr/registry-requests";
import type { RepositoryOptions } from "./ecr-options";
import type { Environment } from "./environment";
import { namePrefix, type RegistryAddress, repositoryName } from "./naming";

/** A registry and the environments that share it. */
export interface RegistryPlan extends RegistryAddress {
  /** Ordered by name, so that the order of the files makes no difference. */
  readonly environments: readonly [Environment, ...Environment[]];
}

/** Group environments by account and Region: AWS keeps one registry for each pair. */
export function registryPlans(environments: readonly Environment[]): RegistryPlan[] {
  const plans = new Map<string, RegistryPlan>();
  for (const environment of environments.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const { accountId, region } = environment;
    const id = `${accountId}/${region}`;
    const sharing = plans.get(id)?.environments;
    plans.set(id, {
      accountId,
      region,
      environments: sharing ? [...sharing, environment] : [environment],
    });
  }
  return [...plans.values()];
}

/** What every repository of an environment asks of its registry. */
export function registryRequests(environment: Environment): RegistryRequest[] {
  return Object.entries(environment.ecr.repositories).map(([shortName, repository]) => ({
    name: repositoryName(environment, shortName),
    namePrefix: `${namePrefix(environment)}-`,
    scanType: repository.enableEnhancedScanning ? "ENHANCED" : "BASIC",
    scanFrequency: scanFrequencyOf(repository),
    destinations: destinationsOf(environment, repository),
  }));
}

/** When images of a repository are scanned; `MANUAL` means not by themselves. */
export function scanFrequencyOf({
  scanOnPush,
  scanFrequency,
}: RepositoryOptions): RegistryRequest["scanFrequency"] {
  return scanFrequency ?? (scanOnPush ? "SCAN_ON_PUSH" : "MANUAL");
}

/** Who scans the images of an environment. All its scanned repositories agree, for their registry has one answer. */
export function scanTypeOf(environment: Environment): RegistryRequest["scanType"] {
  return registryRequests(environment).some(({ scanType }) => scanType === "ENHANCED") ? "ENHANCED" : "BASIC";
}

function destinationsOf(
  { accountId }: Environment,
  { replicationDestinations }: RepositoryOptions,
): Destination[] {
  return replicationDestinations.map(({ region, registryId = accountId }) => ({ region, registryId }));
}

/** An account that replicates into a registry. */
export interface ReplicationSource {
  readonly accountId: string;
  /** What the names of the repositories that arrive begin with, sorted. */
  readonly namePrefixes: readonly string[];
}

/** The other accounts whose environments replicate into a registry, ordered by account. */
export function replicationSources(
  { accountId, region }: RegistryAddress,
  environments: readonly Environment[],
): ReplicationSource[] {
  const sources = new Map<string, Set<string>>();
  for (const environment of environments)
    for (const { namePrefix: prefix, destinations } of registryRequests(environment))
      if (
        environment.accountId !== accountId &&
        destinations.some((to) => to.registryId === accountId && to.region === region)
      )
        sources.set(environment.accountId, (sources.get(environment.accountId) ?? new Set()).add(prefix));
  return [...sources]
    .map(([source, prefixes]) => ({ accountId: source, namePrefixes: [...prefixes].toSorted() }))
    .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
}
