import { expect, test } from "vitest";
import { planAgain } from "../../../../scripts/plan/plans-again";
import type { TerraformPlan } from "../../../../scripts/review/terraform-plan";

const planWith = (outputs: Readonly<Record<string, string>>): TerraformPlan => ({
  format_version: "1.2",
  output_changes: Object.fromEntries(
    Object.entries(outputs).map(([name, action]) => [name, { actions: [action] }]),
  ),
});

/** A stack that reads one output, `key`, of each of these. */
const stack = (name: string, writers: readonly string[], plan: TerraformPlan | undefined = planWith({})) => ({
  stack: { stack: name, reads: writers.map((writer) => ({ reader: name, writer, outputs: ["key"] })) },
  plan,
});

test("a plan is made again if an output that it reads changes, and so is every plan after it", () => {
  const reasons = planAgain([
    stack("security", [], planWith({ key: "update", other: "no-op" })),
    stack("network", ["security"]),
    stack("compute", ["network"]),
    stack("registry", []),
  ]);

  expect(Object.fromEntries(reasons)).toEqual({
    network: [
      "network reads outputs of security that change with its plan (key); plan it again after security is applied.",
    ],
    compute: ["compute reads network, which has no final plan; plan it again after network."],
  });
});

test("outputs that stay, or that nobody reads, and stacks that are not planned here change nothing", () => {
  const reasons = planAgain([
    stack("security", [], planWith({ key: "no-op", other: "create" })),
    stack("compute", ["security", "elsewhere"]),
  ]);

  expect([...reasons.keys()]).toEqual([]);
});

test("what reads a stack that cannot be planned has no final plan", () => {
  const unplanned = { ...stack("network", []), plan: undefined };

  expect([...planAgain([unplanned, stack("compute", ["network"])]).keys()]).toEqual(["compute"]);
});
