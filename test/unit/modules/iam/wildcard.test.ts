import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesWildcards } from "../../../../modules/iam/wildcard";
import { like } from "../../../support/iam-evaluator";

test("a text matches as a regular expression says", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 10 });
  fc.assert(
    fc.property(text, text, (pattern, value) => {
      expect(matchesWildcards(pattern, value)).toBe(like(pattern, value));
    }),
    { numRuns: 2000 },
  );
});

test("a long pattern takes no time", () => {
  const start = performance.now();

  expect(matchesWildcards(`${"*a".repeat(2000)}b`, "a".repeat(4000))).toBe(false);
  expect(performance.now() - start).toBeLessThan(2000);
});
