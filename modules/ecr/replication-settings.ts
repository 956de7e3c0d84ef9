import { coverNames } from "./name-cover";
import {
  byName,
  type Compiled,
  type Conflict,
  type Destination,
  type RegistryRequest,
} from "./registry-requests";

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
 * Sum the replication that all repositories of a registry ask for: one rule for each set of destinations, or, where
 * that would be too many, one for each destination.
 *
 * A filter is a plain name prefix, so `…-web` also catches `…-web-admin`. That is an error unless the caught
 * repository goes to the same destinations anyway.
 *
 * @returns the rules, none when nothing is replicated
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function compileReplication(
  unordered: readonly RegistryRequest[],
): Compiled<readonly ReplicationRule[]> {
  const requests = byName(unordered);
  const floors = new Map(requests.map(({ name, namePrefix }) => [name, namePrefix]));
  const wishes = new Map(requests.map((request) => [request.name, new Set(request.destinations.map(key))]));
  const bySet = groupBy(requests, (destinations) => [destinations]);
  const byDestination = groupBy(requests, (destinations) => destinations.map((one) => [one]));
  const groups = bySet.size > maxRules ? byDestination : bySet;
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
  if (rules.length > maxRules) conflicts.push(limit(all, "rules", rules.length, maxRules));
  if (distinct > maxDestinations) conflicts.push(limit(all, "destinations", distinct, maxDestinations));
  return conflicts.length > 0 ? { conflicts } : { settings: rules, conflicts: [] };
}

const key = ({ registryId, region }: Destination): string => `${registryId}/${region}`;

interface Group {
  readonly destinations: readonly Destination[];
  readonly names: string[];
}

/**
 * Repositories by the destinations that one rule would send them to, ordered by those.
 *
 * @param split what to make of a repository's destinations: one set, or one set for each of them
 */
function groupBy(
  requests: readonly RegistryRequest[],
  split: (destinations: readonly Destination[]) => readonly (readonly Destination[])[],
): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const { name, destinations } of requests) {
    if (destinations.length === 0) continue;
    for (const set of split(destinations.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)))) {
      const id = set.map(key).join(" ");
      const group = groups.get(id) ?? { destinations: set, names: [] };
      group.names.push(name);
      groups.set(id, group);
    }
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
