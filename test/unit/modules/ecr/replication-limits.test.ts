import { expect, test } from "vitest";
import { compileReplication } from "../../../../modules/ecr/replication-settings";
import { numbered } from "./registry-requests";
import { to } from "./replication-model";

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

test("fails when rules are split and there are still more than AWS takes", () => {
  const requests = numbered(12, (index) => ({
    destinations: accounts(12).slice(index ? index - 1 : 0, index + 1),
  }));

  expect(compileReplication(requests).conflicts).toMatchInlineSnapshot(`
    [
      {
        "advice": "the repositories of this registry need 12 rules and AWS takes 10; let more of them share the same destinations",
        "names": [
          "p-0000",
        ],
        "option": "replicationDestinations",
      },
    ]
  `);
});

test("fails when a rule that was split needs more filters than AWS takes", () => {
  const all = accounts(4);
  const sets = Array.from({ length: 11 }, (_, set) => all.filter((_, bit) => ((set + 1) >> bit) % 2 === 1));
  const requests = numbered(606, (i) => ({ destinations: i % 2 === 0 ? (sets[(i / 2) % 11] ?? []) : [] }));

  const { conflicts } = compileReplication(requests);

  expect(conflicts.map(({ advice }) => advice)).toMatchInlineSnapshot(`
    [
      "the repositories of this registry need 165 filters in one rule and AWS takes 100; let more of them share the same destinations",
      "the repositories of this registry need 165 filters in one rule and AWS takes 100; let more of them share the same destinations",
      "the repositories of this registry need 111 filters in one rule and AWS takes 100; let more of them share the same destinations",
      "the repositories of this registry need 108 filters in one rule and AWS takes 100; let more of them share the same destinations",
    ]
  `);
});
