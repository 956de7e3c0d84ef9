import fc from "fast-check";
import { expect, test } from "vitest";
import { compileReplication } from "../../../../../modules/ecr/registry/replication-settings";
import { numbered } from "../../../../support/ecr/registry-requests";
import { address, destinationsOf, requested, to } from "../../../../support/ecr/replication-model";
import { runs } from "../../../../support/property-runs";

/** Up to fifteen repositories with as many different sets of the same four destinations. */
const manySets = fc
  .uniqueArray(
    fc.subarray([to("us-west-2"), to("us-west-2", "444455556666"), to("eu-west-1"), to("sa-east-1")], {
      minLength: 1,
    }),
    { minLength: 9, maxLength: 15, selector: (set) => set.map(address).join() },
  )
  .map((sets) => numbered(sets.length, (index) => ({ destinations: sets[index] ?? [] })));

test("more sets of destinations than AWS allows rules are split, and every repository is replicated as it requests", () => {
  fc.assert(
    fc.property(manySets, (requests) => {
      const { settings = [], conflicts } = compileReplication(requests);

      expect(conflicts).toEqual([]);
      expect(settings).toHaveLength(requests.length > 10 ? 4 : requests.length);
      expect(requests.map(({ name }) => destinationsOf(name, settings))).toEqual(requests.map(requested));
    }),
    { numRuns: runs(400) },
  );
});

test("a registry whose rules are split has one for each destination, in their order", () => {
  const regions = ["us-west-2", "eu-west-1", "sa-east-1", "ca-central-1"];
  const requests = numbered(11, (index) => ({
    destinations: regions.filter((_, bit) => ((index + 1) >> bit) % 2 === 1).map((region) => to(region)),
  }));

  const { settings } = compileReplication(requests);

  expect(settings).toMatchInlineSnapshot(`
    [
      {
        "destinations": [
          {
            "region": "ca-central-1",
            "registryId": "111122223333",
          },
        ],
        "filters": [
          "p-0007",
          "p-0008",
          "p-0009",
          "p-0010",
        ],
      },
      {
        "destinations": [
          {
            "region": "eu-west-1",
            "registryId": "111122223333",
          },
        ],
        "filters": [
          "p-0001",
          "p-0002",
          "p-0005",
          "p-0006",
          "p-0009",
          "p-0010",
        ],
      },
      {
        "destinations": [
          {
            "region": "sa-east-1",
            "registryId": "111122223333",
          },
        ],
        "filters": [
          "p-0003",
          "p-0004",
          "p-0005",
          "p-0006",
        ],
      },
      {
        "destinations": [
          {
            "region": "us-west-2",
            "registryId": "111122223333",
          },
        ],
        "filters": [
          "p-0000",
          "p-0002",
          "p-0004",
          "p-0006",
          "p-0008",
          "p-0010",
        ],
      },
    ]
  `);
});

test("the order of the repositories makes no difference where rules are split", () => {
  fc.assert(
    fc.property(manySets, (requests) => {
      expect(compileReplication(requests.toReversed())).toEqual(compileReplication(requests));
    }),
    { numRuns: runs(400) },
  );
});
