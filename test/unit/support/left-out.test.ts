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

test.each([
  ["the commands", left("commands")],
  ["both tiers", left("unit", "commands")],
])("a run of %s says what is left to another command", (_, line) => {
  expect(line).toBe("Left to `npm run test:rehearsals`, which CI runs too: 2 files in test/rehearsals.");
});

test.each([
  ["every test", left("unit", "commands", "rehearsals")],
  ["the rehearsals", left("rehearsals")],
  ["the unit tests", left("unit")],
  ["a few files", leftOut(["test/unit/a.test.ts", "test/commands/other.test.ts"], (tier) => files[tier])],
])("a run of %s says nothing", (_, line) => {
  expect(line).toBeUndefined();
});
