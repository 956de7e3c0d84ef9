import { type RegistryAddress, registryStackName } from "../naming";
import type { Environment } from "./environment";
import { registryRequests } from "./registry-requests";

/** The registries of other accounts that an environment replicates to, each once, in the order of the file. */
export function foreignRegistries(environment: Environment): RegistryAddress[] {
  const all = registryRequests(environment)
    .flatMap(({ destinations }) => destinations)
    .filter(({ registryId }) => registryId !== environment.accountId)
    .map(({ registryId, region }) => ({ accountId: registryId, region }));
  return [...new Map(all.map((address) => [registryStackName(address), address])).values()];
}

/** An account that replicates into a registry. */
export interface ReplicationSource {
  readonly accountId: string;
  /** Sorted names of the replicated repositories: `myproject-prod-*` for those of an environment, or a full name. */
  readonly namePatterns: readonly string[];
}

/** The other accounts whose environments replicate into a registry, also in other projects, ordered by account. */
export function replicationSources(
  { accountId, region }: RegistryAddress,
  environments: readonly Environment[],
): ReplicationSource[] {
  const sources = new Map<string, Set<string>>();
  for (const { ecr } of environments)
    for (const other of ecr.registryRequests)
      if (other.accountId === accountId && other.region === region)
        for (const [source, { namePatterns }] of Object.entries(other.replicationSources))
          sources.set(source, new Set([...(sources.get(source) ?? []), ...namePatterns]));
  for (const environment of environments)
    for (const { name, namePrefix: prefix, destinations } of registryRequests(environment))
      if (
        environment.accountId !== accountId &&
        destinations.some((to) => to.registryId === accountId && to.region === region)
      )
        sources.set(
          environment.accountId,
          (sources.get(environment.accountId) ?? new Set()).add(prefix === undefined ? name : `${prefix}*`),
        );
  return [...sources]
    .map(([source, patterns]) => ({ accountId: source, namePatterns: [...patterns].toSorted() }))
    .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
}
