import fc from "fast-check";
import { expect, test } from "vitest";
import type { RegistryRequest } from "../../../../../modules/ecr/registry/registry-requests";
import { compileReplication } from "../../../../../modules/ecr/registry/replication-settings";
import { guideProduction, names, numbered, request } from "../../../../support/ecr/registry-requests";
import { destinationsOf, requested, to } from "../../../../support/ecr/replication-model";

const registries = fc
  .tuple(
    names,
    fc.array(fc.shuffledSubarray([to("us-west-2"), to("us-west-2", "444455556666"), to("eu-west-1")]), {
      minLength: 10,
      maxLength: 10,
    }),
  )
  .map(([all, wanted]) => all.map((name, index) => request(name, { destinations: wanted[index] ?? [] })));

test("every repository is replicated exactly as it requests, or there is a conflict", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const { settings } = compileReplication(requests);
      fc.pre(settings !== undefined);

      const copied = requests.map(({ name }) => [name, destinationsOf(name, settings)]);
      expect(copied).toEqual(requests.map((request) => [request.name, requested(request)]));
    }),
    { numRuns: 200 },
  );
});

test("fails if and only if a name starts with one that has destinations it lacks", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const found = compileReplication(requests).conflicts.map(({ names: [filter, ...caught] }) => [
        filter,
        caught,
      ]);
      const goesTo = (to: RegistryRequest, place: string) => requested(to).includes(place);
      const expected = requests.flatMap((from) => {
        const caught = requests.filter(
          (other) =>
            other.name.startsWith(from.name) && !requested(from).every((place) => goesTo(other, place)),
        );
        return caught.length > 0 ? [[from.name, caught.map(({ name }) => name).toSorted()]] : [];
      });

      expect(found).toEqual(expected.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)));
    }),
    { numRuns: 200 },
  );
});

test("the rules stay within AWS's limits", () => {
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

test("no filter matches a repository of another project", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const { settings = [] } = compileReplication(requests);

      for (const { filters } of settings) for (const filter of filters) expect(filter).toMatch(/^[pq]-/);
    }),
  );
});

test("the order of the repositories and of their destinations makes no difference, conflicts included", () => {
  fc.assert(
    fc.property(registries, (requests) => {
      const reversed = requests
        .toReversed()
        .map((request) => ({ ...request, destinations: request.destinations.toReversed() }));

      expect(compileReplication(reversed)).toEqual(compileReplication(requests));
    }),
  );
});

test("the production environment of the guide is replicated as it requests", () => {
  const requests = guideProduction();

  const { settings, conflicts } = compileReplication(requests);

  expect(conflicts).toEqual([]);
  for (const request of requests)
    expect(destinationsOf(request.name, settings ?? [])).toEqual(requested(request));
});

test("a thousand repositories with one destination need one filter", () => {
  const requests = numbered(1000, () => ({ destinations: [to("us-west-2")] }));

  const { settings } = compileReplication(requests);

  expect(settings).toEqual([{ destinations: [to("us-west-2")], filters: ["p-"] }]);
});

test("a registry that replicates nothing has no rule", () => {
  const { settings } = compileReplication([request("p-a")]);

  expect(settings).toEqual([]);
});

test("a name may start with another that has fewer destinations", () => {
  const { settings } = compileReplication([
    request("p-web", { destinations: [to("us-west-2")] }),
    request("p-web-admin", { destinations: [to("us-west-2"), to("eu-west-1")] }),
    request("p-other"),
  ]);

  expect(destinationsOf("p-web", settings ?? [])).toEqual(["111122223333 us-west-2"]);
});

test("fails when a name starts with another that is replicated", () => {
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
