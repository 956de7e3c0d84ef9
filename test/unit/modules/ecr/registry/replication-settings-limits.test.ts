import { expect, test } from "vitest";
import type { RegistryRequest } from "../../../../../modules/ecr/registry/registry-requests";
import { compileReplication } from "../../../../../modules/ecr/registry/replication-settings";
import { numbered, request } from "../../../../support/ecr/registry-requests";
import { to } from "../../../../support/ecr/replication-model";

const accounts = (count: number) =>
  Array.from({ length: count }, (_, index) => to("us-west-2", String(100_000_000_000 + index)));

const advices = (requests: readonly RegistryRequest[]) =>
  compileReplication(requests).conflicts.map(({ advice }) => advice);

test("a registry may have as many rules as AWS allows", () => {
  const requests = numbered(10, (index) => ({ destinations: accounts(10).slice(index, index + 1) }));

  expect(compileReplication(requests).settings).toHaveLength(10);
});

test("fails when a registry needs more rules than AWS allows", () => {
  const requests = numbered(11, (index) => ({ destinations: accounts(11).slice(index, index + 1) }));

  expect(advices(requests)).toMatchInlineSnapshot(`
    [
      "replication of p-0000, p-0001, p-0002 and 8 more would need 11 rules of up to 100 filters in this registry, and AWS allows 10; use the same destinations for more of them, above all for those whose names start alike",
    ]
  `);
});

test("a registry may have as many destinations as AWS allows", () => {
  const requests = numbered(5, (index) => ({ destinations: accounts(25).slice(index * 5, index * 5 + 5) }));

  expect(compileReplication(requests).settings).toHaveLength(5);
});

test("fails when all rules together have more destinations than AWS allows", () => {
  const requests = numbered(2, (index) => ({
    destinations: accounts(26).slice(index * 13, index * 13 + 13),
  }));

  expect(advices(requests)).toMatchInlineSnapshot(`
    [
      "replicating p-0000, p-0001 needs 26 destinations, and AWS allows 25 in one registry; use the same destinations for more of them",
    ]
  `);
});

test("a rule may have as many filters as AWS allows", () => {
  const requests = numbered(200, (i) => ({ destinations: i % 2 === 0 ? [to("us-west-2")] : [] }));

  expect(compileReplication(requests).settings?.[0]?.filters).toHaveLength(100);
});

test("a rule that needs more filters than AWS allows is split", () => {
  const requests = numbered(2000, (i) => ({ destinations: i % 2 === 0 ? [to("us-west-2")] : [] }));

  const { settings = [] } = compileReplication(requests);

  expect(settings.map(({ destinations, filters }) => [destinations, filters.length])).toEqual(
    Array(10).fill([[to("us-west-2")], 100]),
  );
  expect(settings.flatMap(({ filters }) => filters)).toEqual(
    requests.filter(({ destinations }) => destinations.length > 0).map(({ name }) => name),
  );
});

test("fails when a rule would be split into more rules than AWS allows", () => {
  const requests = numbered(2001, (i) => ({ destinations: i % 2 === 0 ? [to("us-west-2")] : [] }));

  expect(advices(requests)).toMatchInlineSnapshot(`
    [
      "replication of p-0000, p-0002, p-0004 and 998 more would need 11 rules of up to 100 filters in this registry, and AWS allows 10; use the same destinations for more of them, above all for those whose names start alike",
    ]
  `);
});

test("fails when sets are combined from others and there are still more rules than AWS allows", () => {
  const requests = numbered(12, (index) => ({
    destinations: accounts(12).slice(index ? index - 1 : 0, index + 1),
  }));

  expect(advices(requests)).toMatchInlineSnapshot(`
    [
      "replication of p-0000, p-0001, p-0002 and 9 more would need 11 rules of up to 100 filters in this registry, and AWS allows 10; use the same destinations for more of them, above all for those whose names start alike",
    ]
  `);
});

test("fails when rules for parts of sets need more filters than AWS allows", () => {
  const all = accounts(4);
  const sets = Array.from({ length: 11 }, (_, set) => all.filter((_, bit) => ((set + 1) >> bit) % 2 === 1));
  const requests = numbered(2200, (i) => ({ destinations: i % 2 === 0 ? (sets[(i / 2) % 11] ?? []) : [] }));

  expect(advices(requests)).toMatchInlineSnapshot(`
    [
      "replication of p-0000, p-0002, p-0004 and 1097 more would need 11 rules of up to 100 filters in this registry, and AWS allows 10; use the same destinations for more of them, above all for those whose names start alike",
    ]
  `);
});

test("a rule has prefixes that end inside words if those at separators are too many", () => {
  const requests = Array.from({ length: 300 }, (_, index) =>
    request(`p-${index % 2 ? "w" : "x"}${String(index).padStart(3, "0")}`, {
      destinations: index % 2 ? [to("us-west-2")] : [],
    }),
  );

  expect(compileReplication(requests).settings).toEqual([
    { destinations: [to("us-west-2")], filters: ["p-w"] },
  ]);
});
