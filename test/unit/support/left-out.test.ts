import { expect, test } from "vitest";
import { leftOut } from "../../support/left-out";
import type { Tier } from "../../support/tiers";

const files: Readonly<Record<Tier, string[]>> = {
  unit: ["test/unit/a.test.ts", "test/unit/b.test.ts"],
  commands: ["test/commands/c.test.ts"],
  rehearsals: ["test/rehearsals/d.test.ts", "test/rehearsals/e.test.ts"],
};
const left = (...tiers: Tier[]) =>
  leftOut(
    tiers.flatMap((tier) => files[tier]),
    (tier) => files[tier],
  );

test("npm test says what it has left to another command", () => {
  expect(left("unit", "commands")).toBe(
    "Left to `npm run test:rehearsals`, which CI runs too: 2 files in test/rehearsals.",
  );
});

test.each([
  ["every test", left("unit", "commands", "rehearsals")],
  ["the rehearsals", left("rehearsals")],
  ["the unit tests", left("unit")],
  ["a few files", leftOut(["test/unit/a.test.ts", "test/commands/c.test.ts"], (tier) => files[tier])],
])("a run of %s says nothing", (_, line) => {
  expect(line).toBeUndefined();
});
