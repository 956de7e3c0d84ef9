import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { type Tier, tiers, tiersOf } from "../../support/tiers";
import { longest } from "../../support/tiers.json";

/** Every file below test/ that has tests, also under a name that no project takes. */
const testFiles = readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter((file) => !file.split("/").includes("node_modules"))
  .filter((file) => /[.-](?:test|spec)\.[cm]?[jt]sx?$/.test(file))
  .map((file) => `test/${file}`);

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
