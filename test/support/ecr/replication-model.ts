import type { Destination, RegistryRequest } from "../../../modules/ecr/registry/registry-requests";
import type { ReplicationRule } from "../../../modules/ecr/registry/replication-settings";

export const to = (region: string, registryId = "111122223333"): Destination => ({ region, registryId });

export const address = ({ region, registryId }: Destination) => `${registryId} ${region}`;

/**
 * Where AWS would replicate a repository to: the destinations of every rule with a filter that the name starts with.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function destinationsOf(name: string, rules: readonly ReplicationRule[]): string[] {
  const found = rules.filter(({ filters }) => filters.some((filter) => name.startsWith(filter)));
  return [...new Set(found.flatMap(({ destinations }) => destinations.map(address)))].toSorted();
}

export const requested = ({ destinations }: RegistryRequest) => destinations.map(address).toSorted();
