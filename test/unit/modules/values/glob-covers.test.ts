import fc from "fast-check";
import { expect, test } from "vitest";
import { globCovers } from "../../../../modules/values/glob-covers";
import { runs } from "../../../support/property-runs";

/** What a pattern matches, as a regular expression. */
const expression = (pattern: string) =>
  new RegExp(
    `^${pattern.replace(/[.*+?^${}()|[\]\\/]/g, (sign) => (sign === "*" ? ".*" : sign === "?" ? "." : `\\${sign}`))}$`,
    "s",
  );

/** All texts of up to so many letters. `x` stands for every letter that no pattern names. */
const texts = (length: number): string[] =>
  length === 0
    ? [""]
    : ["", ...texts(length - 1).flatMap((text) => ["a", "b", "x"].map((letter) => letter + text))];

const everyText = [...new Set(texts(7))];
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });

test("a pattern covers another one exactly when it matches every text that the other one matches", () => {
  fc.assert(
    fc.property(pattern, pattern, (general, specific) => {
      const [matchesGeneral, matchesSpecific] = [expression(general), expression(specific)];
      const missed = everyText.find((text) => matchesSpecific.test(text) && !matchesGeneral.test(text));
      return globCovers(general, specific) === (missed === undefined);
    }),
    { numRuns: runs(1500) },
  );
});

test.each([
  ["*", "*.example.com", true],
  ["*.example.com", "shop.example.com", true],
  ["*.example.com", "example.com", false],
  ["/api/*", "/api/v1/*", true],
  ["/api/*", "/api", false],
  ["/a?c", "/abc", true],
  ["/abc", "/a?c", false],
])("%s covers %s: %s", (general, specific, covers) => {
  expect(globCovers(general, specific)).toBe(covers);
});

test("a long pattern with many wildcards takes no noticeable time", () => {
  const long = `/${"a".repeat(60)}*${"?".repeat(5)}${"b".repeat(60)}`;

  expect(globCovers(long, long)).toBe(true);
});
