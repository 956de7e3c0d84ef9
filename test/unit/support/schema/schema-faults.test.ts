import { expect, test } from "vitest";
import { type Block, ofProvider, schemaFaults } from "../../../support/schema/schema-faults";

const block: Block = {
  attributes: {
    arn: { type: "string", computed: true },
    name: { type: "string", required: true },
    days: { type: "number", optional: true },
    force: { type: "bool", optional: true, computed: true },
    tags: { type: ["map", "string"], optional: true },
    ports: { type: ["list", ["object", { from: "number" }]], optional: true },
  },
  block_types: {
    rule: {
      nesting_mode: "list",
      min_items: 1,
      max_items: 2,
      block: { attributes: { id: { type: "string", required: true } } },
    },
  },
};
const faults = (values: object) => schemaFaults(ofProvider(values), block, "a");
const right = { name: "x", rule: { id: "1" } };

test("what the schema allows is no fault, and neither are arguments of Terraform and values that are not known", () => {
  expect(faults(right)).toEqual([]);
  expect(
    faults({
      ...right,
      ...{ days: "${var.days}", force: false, tags: { a: "b" }, ports: [{ from: 1 }] },
      ...{ lifecycle: {}, depends_on: [], provider: "aws.x", rule: [{ id: "1" }, { id: "2" }] },
    }),
  ).toEqual([]);
});

test.each([
  [{ ...right, nmae: "x" }, "a.nmae: unknown"],
  [{ ...right, arn: "x" }, "a.arn: only the provider sets it"],
  [{ rule: { id: "1" } }, "a.name: missing"],
  [{ name: "x" }, "a.rule: missing"],
  [{ ...right, name: 1 }, 'a.name: 1 is no "string"'],
  [{ ...right, days: "7" }, 'a.days: "7" is no "number"'],
  [{ ...right, tags: { a: 1 } }, 'a.tags: {"a":1} is no ["map","string"]'],
  [{ ...right, ports: [{ to: 1 }] }, 'a.ports: [{"to":1}] is no ["list",["object",{"from":"number"}]]'],
  [{ ...right, rule: [] }, "a.rule: 0 blocks"],
  [{ ...right, rule: [{ id: "1" }, { id: "2" }, { id: "3" }] }, "a.rule: 3 blocks"],
  [{ ...right, rule: [{}] }, "a.rule[0].id: missing"],
  [{ ...right, rule: ["x"] }, "a.rule[0]: no block"],
])("%j fails", (values, fault) => {
  expect(faults(values)).toEqual([fault]);
});
