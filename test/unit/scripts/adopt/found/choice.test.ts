import { expect, test } from "vitest";
import { checkMatches } from "../../../../../scripts/adopt/found/choice";
import type { FoundRepository } from "../../../../../scripts/adopt/found/found-registry";

const registry = (names: readonly string[]) => ({
  repositories: names.map((name) => ({ name }) as FoundRepository),
});

test("a pattern that matches nothing is refused, with the names that there are", () => {
  expect(() => checkMatches(["team/*", "tema/*", "x"], registry(["team/a", "b"]))).toThrow(
    [
      '--repository "tema/*" matches no repository.',
      '--repository "x" matches no repository.',
      "The repositories are: team/a, b. Nothing was written.",
    ].join("\n"),
  );
  expect(() => checkMatches(["x"], registry(Array.from({ length: 12 }, (_, index) => `r${index}`)))).toThrow(
    "r9 and 2 more. Nothing",
  );
  expect(() => checkMatches(["x"], registry([]))).toThrow("The repositories are: none.");
});

test("patterns that match, and none, are fine", () => {
  expect(() => checkMatches(["team/*"], registry(["team/a"]))).not.toThrow();
  expect(() => checkMatches([], registry([]))).not.toThrow();
});
