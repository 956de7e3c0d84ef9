import { coverNames } from "./name-cover";
import type { Compiled, Conflict, Destination, RegistryRequest } from "./registry-requests";

/** AWS's limits for one registry. https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const maxRules = 10;
const maxDestinations = 25;
const maxFilters = 100;

export interface ReplicationRule {
  readonly destinations: readonly Destination[];
  /** Name prefixes, sorted. */
  readonly filters: readonly string[];
}

/**
 * Sum the replication that all repositories of a registry ask for: one rule for each set of destinations.
 *
 * A filter is a plain name prefix, so `…-web` also catches `…-web-admin`. That is an error unless the caught
 * repository goes to the same destinations anyway.
 *
 * @returns the rules, none when nothing is replicated
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function compileReplication(
  requests: readonly RegistryRequest[],
): Compiled<readonly ReplicationRule[]> {
  const floors = new Map(requests.map(({ name, namePrefix }) => [name, namePrefix]));
  const wishes = new Map(requests.map((request) => [request.name, new Set(request.destinations.map(key))]));
  const groups = groupByDestinations(requests);
  const conflicts: Conflict[] = [];
  const rules = [...groups.values()].map(({ destinations, names }): ReplicationRule => {
    const spared = [...wishes].filter(([, wish]) => !destinations.every((to) => wish.has(key(to))));
    const forbidden = spared.map(([name]) => name);
    const filters = coverNames(names, forbidden, (name) => floors.get(name) ?? name).map((c) => c.prefix);
    if (filters.length > maxFilters)
      conflicts.push(limit(names, "filters in one rule", filters.length, maxFilters));
    else
      for (const filter of filters)
        for (const caught of forbidden)
          if (caught.startsWith(filter)) conflicts.push(capture(filter, caught));
    return { destinations, filters };
  });
  const all = [...groups.values()].flatMap((group) => group.names);
  const distinct = new Set(rules.flatMap((rule) => rule.destinations.map(key))).size;
  if (rules.length > maxRules) conflicts.push(limit(all, "sets of destinations", rules.length, maxRules));
  if (distinct > maxDestinations) conflicts.push(limit(all, "destinations", distinct, maxDestinations));
  return conflicts.length > 0 ? { conflicts } : { settings: rules, conflicts: [] };
}

const key = ({ registryId, region }: Destination): string => `${registryId}/${region}`;

interface Group {
  readonly destinations: readonly Destination[];
  readonly names: string[];
}

/** Repositories by the set of their destinations, ordered by that set. */
function groupByDestinations(requests: readonly RegistryRequest[]): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const { name, destinations } of requests) {
    if (destinations.length === 0) continue;
    const sorted = destinations.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    const id = sorted.map(key).join(" ");
    const group = groups.get(id) ?? { destinations: sorted, names: [] };
    group.names.push(name);
    groups.set(id, group);
  }
  return new Map([...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function capture(filter: string, caught: string): Conflict {
  return {
    names: [filter, caught],
    option: "replicationDestinations",
    advice: `replication filters are name prefixes, so replicating "${filter}" would also replicate "${caught}"; give both the same replicationDestinations or rename one of them`,
  };
}

function limit(names: readonly string[], what: string, count: number, max: number): Conflict {
  return {
    names: names.slice(0, 1),
    option: "replicationDestinations",
    advice: `the repositories of this registry need ${count} ${what} and AWS takes ${max}; let more of them share the same destinations`,
  };
}
