import fc from "fast-check";
import { expect, test } from "vitest";
import type { Destination, RegistryRequest } from "../../../../modules/ecr/registry-requests";
import { compileReplication, type ReplicationRule } from "../../../../modules/ecr/replication-settings";
import { names, numbered, request, shippedProduction } from "./registry-requests";

const to = (region: string, registryId = "111122223333"): Destination => ({ region, registryId });

const address = ({ region, registryId }: Destination) => `${registryId} ${region}`;

/**
 * Where AWS would copy a repository: to the destinations of every rule with a filter that the name begins with.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
function destinationsOf(name: string, rules: readonly ReplicationRule[]): string[] {
  const found = rules.filter(({ filters }) => filters.some((filter) => name.startsWith(filter)));
  return [...new Set(found.flatMap(({ destinations }) => destinations.map(address)))].toSorted();
}

const wished = ({ destinations }: RegistryRequest) => destinations.map(address).toSorted();

const registries = fc
  .tuple(
    names,
    fc.array(fc.shuffledSubarray([to("us-west-2"), to("us-west-2", "444455556666"), to("eu-west-1")]), {
      minLength: 10,
      maxLength: 10,
    }),
  )
  .map(([all, wanted]) => all.map((name, index) => request(name, { destinations: wanted[index] ?? [] })));

test("every repository is copied to where it asks and nowhere else, or there is a conflict", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const { settings } = compileReplication(requests);
      fc.pre(settings !== undefined);

      for (const wish of requests)
        expect([wish.name, destinationsOf(wish.name, settings)]).toEqual([wish.name, wished(wish)]);
    }),
    { numRuns: 1000 },
  );
});

test("fails only when a name begins with one that goes where it does not", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      for (const {
        names: [filter, caught],
      } of compileReplication(requests).conflicts) {
        const [from, other] = [filter, caught].map((name) => requests.find((r) => r.name === name));
        const spared = other ? wished(other) : [];

        expect(caught?.startsWith(filter ?? "?")).toBe(true);
        expect(from && wished(from).every((place) => spared.includes(place))).toBe(false);
      }
    }),
    { numRuns: 1000 },
  );
});

test("the rules keep to the limits of AWS", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const { settings } = compileReplication(requests);
      fc.pre(settings !== undefined);

      expect(settings.length).toBeLessThanOrEqual(10);
      for (const { destinations, filters } of settings) {
        expect(destinations.length).toBeGreaterThan(0);
        expect(filters.length).toBeGreaterThan(0);
        expect(filters.length).toBeLessThanOrEqual(100);
        for (const filter of filters) expect(filter).toMatch(/^[a-z0-9._/-]{2,256}$/);
      }
    }),
  );
});

test("no filter catches a repository of another project", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const { settings = [] } = compileReplication(requests);

      for (const { filters } of settings) for (const filter of filters) expect(filter).toMatch(/^[pq]-/);
    }),
  );
});

test("the order of the repositories and of their destinations makes no difference to the rules", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const { settings } = compileReplication(requests);
      const reversed = requests
        .toReversed()
        .map((wish) => ({ ...wish, destinations: wish.destinations.toReversed() }));

      expect(compileReplication(reversed).settings).toEqual(settings);
    }),
  );
});

test("the shipped production environment is replicated as it asks", () => {
  const requests = shippedProduction();

  const { settings, conflicts } = compileReplication(requests);

  expect(conflicts).toEqual([]);
  for (const wish of requests) expect(destinationsOf(wish.name, settings ?? [])).toEqual(wished(wish));
});

test("a thousand repositories that go to one place need one filter", () => {
  const requests = numbered(1000, () => ({ destinations: [to("us-west-2")] }));

  const { settings } = compileReplication(requests);

  expect(settings).toEqual([{ destinations: [to("us-west-2")], filters: ["p-"] }]);
});

test("a registry that replicates nothing has no rule", () => {
  const { settings } = compileReplication([request("p-a")]);

  expect(settings).toEqual([]);
});

test("a name may begin with another that goes to fewer places", () => {
  const { settings } = compileReplication([
    request("p-web", { destinations: [to("us-west-2")] }),
    request("p-web-admin", { destinations: [to("us-west-2"), to("eu-west-1")] }),
    request("p-other"),
  ]);

  expect(destinationsOf("p-web", settings ?? [])).toEqual(["111122223333 us-west-2"]);
});

test("fails when a name begins with another that is replicated", () => {
  const { conflicts } = compileReplication([
    request("p-web", { destinations: [to("us-west-2")] }),
    request("p-web-admin"),
  ]);

  expect(conflicts).toMatchInlineSnapshot(`
    [
      {
        "advice": "replication filters are name prefixes, so replicating "p-web" would also replicate "p-web-admin"; give both the same replicationDestinations or rename one of them",
        "names": [
          "p-web",
          "p-web-admin",
        ],
        "option": "replicationDestinations",
      },
    ]
  `);
});

const accounts = (count: number) =>
  Array.from({ length: count }, (_, index) => to("us-west-2", String(100_000_000_000 + index)));

test("a registry may have as many rules as AWS takes", () => {
  const requests = numbered(10, (index) => ({ destinations: accounts(10).slice(index, index + 1) }));

  expect(compileReplication(requests).settings).toHaveLength(10);
});

test("fails when a registry needs more rules than AWS takes", () => {
  const requests = numbered(11, (index) => ({ destinations: accounts(11).slice(index, index + 1) }));

  expect(compileReplication(requests).conflicts).toMatchInlineSnapshot(`
    [
      {
        "advice": "the repositories of this registry need 11 rules and AWS takes 10; let more of them share the same destinations",
        "names": [
          "p-0000",
        ],
        "option": "replicationDestinations",
      },
    ]
  `);
});

test("a registry may have as many destinations as AWS takes", () => {
  const requests = numbered(5, (index) => ({ destinations: accounts(25).slice(index * 5, index * 5 + 5) }));

  expect(compileReplication(requests).settings).toHaveLength(5);
});

test("fails when all rules together have more destinations than AWS takes", () => {
  const requests = numbered(2, (index) => ({
    destinations: accounts(26).slice(index * 13, index * 13 + 13),
  }));

  expect(compileReplication(requests).conflicts).toMatchInlineSnapshot(`
    [
      {
        "advice": "the repositories of this registry need 26 destinations and AWS takes 25; let more of them share the same destinations",
        "names": [
          "p-0000",
        ],
        "option": "replicationDestinations",
      },
    ]
  `);
});

test("a rule may have as many filters as AWS takes", () => {
  const requests = numbered(200, (i) => ({ destinations: i % 2 === 0 ? [to("us-west-2")] : [] }));

  expect(compileReplication(requests).settings?.[0]?.filters).toHaveLength(100);
});

test("fails when a rule needs more filters than AWS takes", () => {
  const requests = numbered(201, (i) => ({ destinations: i % 2 === 0 ? [to("us-west-2")] : [] }));

  expect(compileReplication(requests).conflicts).toMatchInlineSnapshot(`
    [
      {
        "advice": "the repositories of this registry need 101 filters in one rule and AWS takes 100; let more of them share the same destinations",
        "names": [
          "p-0000",
        ],
        "option": "replicationDestinations",
      },
    ]
  `);
});
