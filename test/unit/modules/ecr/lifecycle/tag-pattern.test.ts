import fc from "fast-check";
import { expect, test } from "vitest";
import {
  coversPattern,
  matchesPattern,
  matchesSomeTag,
  patternMatcher,
} from "../../../../../modules/ecr/lifecycle/tag-pattern";

const texts = fc.stringMatching(/^[ab]{0,6}$/);
const patterns = fc.stringMatching(/^[ab*]{1,6}$/);

/** The pattern as a regular expression. */
const expression = (pattern: string) =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[^a-z0-9]/g, "\\$&"))
      .join(".*")}$`,
    "s",
  );

/** Every text of few letters: more than any pattern of the test can distinguish. */
const allTexts = (letters: string, longest: number): string[] => {
  let last = [""];
  const all = [""];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((text) => [...letters].map((letter) => text + letter));
    all.push(...last);
  }
  return all;
};

test("a pattern matches what its regular expression matches", () => {
  fc.assert(
    fc.property(patterns, fc.array(texts, { minLength: 10, maxLength: 10 }), (pattern, several) => {
      const wanted = expression(pattern);

      expect(several.filter((text) => matchesPattern(pattern, text))).toEqual(
        several.filter((text) => wanted.test(text)),
      );
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["prod*", "prod-1", true],
  ["prod*", "prod", true],
  ["prod*", "my-prod", false],
  ["*prod*", "my-prod-1", true],
  ["prod", "prod", true],
  ["prod", "production", false],
  ["v*.*.*", "v1.2.3", true],
  ["v*.*.*", "v1.2", false],
  ["aba*aba", "ababa", false],
  ["aba*aba", "abaaba", true],
  ["a*b*ba", "aba", false],
  ["a*b*ba", "abba", true],
  ["ab*", "a", false],
  ["ab*ab", "ab", false],
])("%s and the tag %s: %s", (pattern, tag, matches) => {
  expect(matchesPattern(pattern, tag)).toBe(matches);
});

test("a pattern covers another when it matches every text that the other matches", () => {
  // "c" is in no pattern: it shows what only a wildcard can match.
  const all = allTexts("abc", 6);
  fc.assert(
    fc.property(fc.stringMatching(/^[ab*]{1,4}$/), fc.stringMatching(/^[ab*]{1,4}$/), (wide, narrow) => {
      const covered = all.filter(patternMatcher(narrow));

      expect(coversPattern(wide, narrow)).toBe(covered.every(patternMatcher(wide)));
    }),
    { numRuns: 400 },
  );
});

test.each([
  ["release-*", true],
  ["*", true],
  ["*-rc", true],
  ["*.1", true],
  [".*1", false],
  ["_internal", true],
  [".hidden*", false],
  ["-x", false],
  ["git hash", false],
  ["team/app*", false],
  ["a".repeat(128), true],
  ["a".repeat(129), false],
  [`*${"a".repeat(128)}`, true],
])("some tag matches %s: %s", (pattern, some) => {
  expect(matchesSomeTag(pattern)).toBe(some);
});
