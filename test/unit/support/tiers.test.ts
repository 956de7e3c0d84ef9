import { expect, test } from "vitest";
import { filesIn } from "../../support/files-in";
import { type Tier, tiers, tiersOf } from "../../support/tiers";
import { longest } from "../../support/tiers.json";

/** Every file below test/ that has tests, also under a name that no project takes. */
const testFiles = filesIn("test").filter((file) => /[.-](?:test|spec)\.[cm]?[jt]sx?$/.test(file));

test("every test file belongs to exactly one project", () => {
  expect(testFiles.length).toBeGreaterThan(300);
  expect(testFiles.filter((file) => !file.endsWith(".test.ts"))).toEqual([]);
  expect(testFiles.filter((file) => tiersOf(file).length !== 1)).toEqual([]);
});

test("every project has tests", () => {
  const used = new Set(testFiles.flatMap(tiersOf));

  expect([...used].toSorted()).toEqual(Object.keys(tiers).toSorted() satisfies string[] as Tier[]);
});

test("the files that start first are there", () => {
  expect(longest.filter((file) => !testFiles.includes(file))).toEqual([]);
});
