import { type DestinationSet, isSubset, partsOf, proposals } from "./destination-sets";
import { coverByFewest, coverByGroups } from "./name-cover";
import {
  byName,
  type Compiled,
  type Conflict,
  type Destination,
  listed,
  quoted,
  type RegistryRequest,
} from "./registry-requests";

/** AWS's limits for one registry. https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const maxRules = 10;
const maxDestinations = 25;
const maxFilters = 100;

export interface ReplicationRule {
  readonly destinations: readonly Destination[];
  /** Name prefixes of 2 to 256 characters, sorted. */
  readonly filters: readonly string[];
}

/** A request, with its destinations as a set. */
interface ReplicationRequest {
  readonly request: RegistryRequest;
  readonly set: DestinationSet;
}

/**
 * Compile the replication rules of a registry from what all of its repositories request.
 *
 * A filter is a plain name prefix, so `…-web` also matches `…-web-admin`. That is a conflict unless the matched
 * repository requests the same destinations anyway.
 *
 * There is one rule for each set of destinations. If that is too many, sets are combined from others, by whichever of
 * the {@link proposals} needs the fewest rules. Prefixes end at separators if 100 of those suffice, otherwise anywhere;
 * a rule that still needs more than 100 is split.
 *
 * @returns the rules; empty when nothing is replicated
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function compileReplication(
  unordered: readonly RegistryRequest[],
): Compiled<readonly ReplicationRule[]> {
  const requests = byName(unordered);
  const replicated = requests.filter(({ destinations }) => destinations.length > 0);
  const registries = [
    ...new Map(replicated.flatMap(({ destinations }) => destinations.map((to) => [key(to), to]))),
  ]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, destination]) => destination);
  if (registries.length > maxDestinations)
    return { conflicts: [tooManyDestinations(replicated, registries.length)] };
  const bits = new Map(registries.map((registry, index) => [key(registry), 1 << index]));
  const replications = requests.map((request) => ({
    request,
    set: request.destinations.reduce((set, to) => set | (bits.get(key(to)) ?? 0), 0),
  }));
  const conflicts = captures(replications);
  if (conflicts.length > 0) return { conflicts };

  const [plain = [], ...others] = proposals([...new Set(replications.map(({ set }) => set))].filter(Boolean));
  const plainRules = plain.length > maxRules ? undefined : rulesFor(plain, replications, registries);
  if (plainRules && plainRules.length <= maxRules) return { settings: plainRules, conflicts: [] };
  const possible = others
    .filter(({ length }) => length <= maxRules)
    .map((sets) => rulesFor(sets, replications, registries))
    .toSorted((a, b) => a.length - b.length);
  const [settings] = possible;
  if (settings && settings.length <= maxRules) return { settings, conflicts: [] };
  const needed = [plainRules, plain, ...possible, ...others].map((rules) => rules?.length ?? maxRules + 1);
  return { conflicts: [tooManyRules(replicated, Math.min(...needed.filter((count) => count > maxRules)))] };
}

const key = ({ registryId, region }: Destination): string => `${registryId}/${region}`;

/**
 * Repositories whose names start with that of another, which has destinations that they do not request. When sorted by
 * name, they follow it directly.
 */
function captures(replications: readonly ReplicationRequest[]): Conflict[] {
  const caught = new Map<ReplicationRequest, ReplicationRequest[]>();
  const prefixes: ReplicationRequest[] = [];
  for (const replication of replications) {
    while (prefixes.length > 0 && !replication.request.name.startsWith(prefixes.at(-1)?.request.name ?? ""))
      prefixes.pop();
    for (const beginning of prefixes)
      if (!isSubset(beginning.set, replication.set)) {
        const others = caught.get(beginning);
        if (others) others.push(replication);
        else caught.set(beginning, [replication]);
      }
    prefixes.push(replication);
  }
  return replications.flatMap((beginning) => {
    const others = caught.get(beginning)?.map(({ request }) => request);
    return others ? [capture(beginning.request, others)] : [];
  });
}

/** The rules for some sets of destinations, sorted by destination. */
function rulesFor(
  sets: readonly DestinationSet[],
  replications: readonly ReplicationRequest[],
  registries: readonly Destination[],
): ReplicationRule[] {
  const floors = new Map(replications.map(({ request: { name, namePrefix } }) => [name, namePrefix]));
  const parts = new Map(
    [...new Set(replications.map(({ set }) => set))].map((set) => [set, partsOf(set, sets)]),
  );
  const rules = sets.flatMap((rule): ReplicationRule[] => {
    const names = replications.flatMap(({ set, request }) =>
      parts.get(set)?.includes(rule) ? request.name : [],
    );
    const bounds = {
      forbidden: replications.flatMap(({ set, request }) => (isSubset(rule, set) ? [] : request.name)),
      floorOf: (name: string) => floors.get(name) ?? name,
    };
    const groups = coverByGroups(names, bounds);
    const covers = groups.length > maxFilters ? coverByFewest(names, bounds) : groups;
    const filters = covers.map(({ prefix }) => prefix);
    const destinations = registries.filter((_, index) => (rule & (1 << index)) !== 0);
    return Array.from({ length: Math.ceil(filters.length / maxFilters) }, (_, index) => ({
      destinations,
      filters: filters.slice(index * maxFilters, (index + 1) * maxFilters),
    }));
  });
  const order = ({ destinations }: ReplicationRule) => destinations.map(key).join(" ");
  return rules.toSorted((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
}

function capture(filter: RegistryRequest, caught: readonly RegistryRequest[]): Conflict {
  const concerned = [filter, ...caught];
  return {
    names: concerned.map(({ name }) => name),
    option: "replicationDestinations",
    advice: `replication filters are name prefixes, so replicating ${quoted([filter], concerned)} would also replicate ${quoted(caught, concerned)}; give ${caught.length > 1 ? "all of them" : "both"} the same replicationDestinations or rename one of them`,
  };
}

function tooManyDestinations(replicated: readonly RegistryRequest[], count: number): Conflict {
  return {
    names: replicated.map(({ name }) => name),
    option: "replicationDestinations",
    advice: `replicating ${listed(replicated)} needs ${count} destinations, and AWS allows ${maxDestinations} in one registry; use the same destinations for more of them`,
  };
}

function tooManyRules(replicated: readonly RegistryRequest[], count: number): Conflict {
  return {
    names: replicated.map(({ name }) => name),
    option: "replicationDestinations",
    advice: `replication of ${listed(replicated)} would need ${count} rules of up to ${maxFilters} filters in this registry, and AWS allows ${maxRules}; use the same destinations for more of them, above all for those whose names start alike`,
  };
}
