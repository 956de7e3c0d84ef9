import fc from "fast-check";
import { expect, test } from "vitest";
import { alternativesIn, someTagMatchesBoth } from "../../../../../modules/ecr/lifecycle/tag-alternatives";
import { matchesPattern } from "../../../../../modules/ecr/lifecycle/tag-pattern";

test.each([
  [["dev-*", "staging-*", "prod-*"]],
  [["dev*", "prod*"]],
  [["feature-*", "bugfix-*"]],
  [["*-dev", "*-prod"]],
  [["*-amd64", "*-arm64"]],
  [["prod", "staging"]],
  [["main", "master"]],
  [["v1.*", "v2.*"]],
  [["v*", "release-*"]],
  [["sha-*", "git-*"]],
])("the entries of %j are alternatives", (patterns) => {
  expect(alternativesIn(patterns)).toEqual([0, 1]);
});

test("the first two alternatives of a list are found behind others", () => {
  expect(alternativesIn(["v*", "sha-*", "dev-*", "latest", "prod-*"])).toEqual([2, 4]);
});

test.each([
  [[]],
  [["dev-*"]],
  [["v*", "latest"]],
  [["v*", "sha-*"]],
  [["dev-*", "build-*"]],
  [["prod-*", "latest"]],
  [["v1.*", "v1.2*"]],
  [["release-*", "*-amd64"]],
  [["prod-*", "*-eu*"]],
  [["*", "dev-*"]],
])("one image can well have tags for each entry of %j", (patterns) => {
  expect(alternativesIn(patterns)).toBeUndefined();
});

const pattern = fc.stringMatching(/^[ab*]{1,4}$/);

test("a tag that matches two patterns is found exactly if there is one", () => {
  // The tags that two patterns of four characters can need have up to eight.
  const tags = Array.from({ length: 9 }, (_, length) => length).flatMap((length) =>
    Array.from({ length: 2 ** length }, (_, bits) =>
      Array.from({ length }, (__, place) => ((bits >> place) & 1 ? "a" : "b")).join(""),
    ),
  );
  fc.assert(
    fc.property(pattern, pattern, (a, b) => {
      const exists = tags.some((tag) => matchesPattern(a, tag) && matchesPattern(b, tag));

      expect(someTagMatchesBoth(a, b)).toBe(exists);
    }),
    { numRuns: 300 },
  );
});
