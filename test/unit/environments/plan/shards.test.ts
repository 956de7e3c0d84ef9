import fc from "fast-check";
import { expect, test } from "vitest";
import { shardNumber, shardsOf } from "../../../../environments/plan/shards";
import { runs } from "../../../support/property-runs";

const environment = (names: readonly string[], stateShards?: number) =>
  ({
    project: "acme",
    name: "test",
    ecr: { repositories: Object.fromEntries(names.map((name) => [name, {}])), stateShards },
  }) as unknown as Parameters<typeof shardsOf>[0];

const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9/-]{0,20}$/), { maxLength: 40 });
const count = fc.integer({ min: 2, max: 99 });

const placesIn = (shards: ReturnType<typeof shardsOf>) =>
  new Map(shards.flatMap(({ number, repositories }) => repositories.map((name) => [name, number] as const)));

test("without the option there are no shards", () => {
  expect(shardsOf(environment(["app"]))).toEqual([]);
});

test("every repository is in exactly one shard, and every shard exists", () => {
  fc.assert(
    fc.property(names, count, (all, shards) => {
      const found = shardsOf(environment(all, shards));
      const inShards = found.flatMap(({ repositories }) => repositories);
      return (
        found.map(({ stack }) => stack).join() ===
          Array.from({ length: shards }, (_, index) => `compute-test-${index + 1}`).join() &&
        inShards.toSorted().join() === all.toSorted().join()
      );
    }),
    { numRuns: runs(100) },
  );
});

test("adding or removing repositories, or changing their order, moves no other", () => {
  fc.assert(
    fc.property(names, names, count, (some, others, shards) => {
      const before = placesIn(shardsOf(environment(some, shards)));
      const after = placesIn(shardsOf(environment([...others, ...some].toReversed(), shards)));
      return [...before].every(([name, number]) => after.get(name) === number);
    }),
    { numRuns: runs(100) },
  );
});

test("with one shard more, repositories move to the new one only", () => {
  fc.assert(
    fc.property(names, fc.integer({ min: 2, max: 98 }), (all, shards) =>
      all.every((name) => {
        const [before, after] = [shardNumber(name, shards), shardNumber(name, shards + 1)];
        return before === after || after === shards + 1;
      }),
    ),
    { numRuns: runs(100) },
  );
});

test("the shards of many repositories are of about the same size", () => {
  const many = Array.from({ length: 2000 }, (_, index) => `service-${index}`);
  const sizes = shardsOf(environment(many, 5)).map(({ repositories }) => repositories.length);

  expect(Math.min(...sizes)).toBeGreaterThan(320);
  expect(Math.max(...sizes)).toBeLessThan(480);
});

/** The assignment is part of what the project promises: another one would move every repository to another state. */
test("the shards of these repositories never change", () => {
  const some = ["web-app", "api-service", "worker", "lambda-processor", "team/tool"];

  expect(some.map((name) => [name, shardNumber(name, 2), shardNumber(name, 10)])).toMatchInlineSnapshot(`
    [
      [
        "web-app",
        1,
        5,
      ],
      [
        "api-service",
        1,
        9,
      ],
      [
        "worker",
        1,
        4,
      ],
      [
        "lambda-processor",
        1,
        1,
      ],
      [
        "team/tool",
        1,
        4,
      ],
    ]
  `);
});
