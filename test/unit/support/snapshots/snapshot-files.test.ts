import { expect, test } from "vitest";
import { changedStacks, currentSnapshots, writtenSnapshots } from "../../../support/snapshots/snapshot-files";

const current = currentSnapshots();
const written = writtenSnapshots();

test.each(Object.entries(current))("%s is as reviewed", (path, text) => {
  expect(written[path], `test/snapshots/${path} is out of date; run npm run snapshots`).toBe(text);
});

test("no snapshot is left of what is gone", () => {
  const stale = Object.keys(written).filter((path) => !(path in current));

  expect(stale, "these are stale; run npm run snapshots").toEqual([]);
});

test("a change is reported once for each stack, by its name", () => {
  const before = { "a-dev.json": "1", "a-dev/key.policy.json": "1", "b-dev.json": "1", "c-dev.json": "1" };
  const after = {
    "a-dev.json": "1",
    "a-dev/key.policy.json": "2",
    "c-dev.json": "1",
    "fixtures/a-full.json": "1",
    "fixtures/a-full/key.policy.json": "1",
  };

  expect(changedStacks(before, after)).toEqual([
    { stack: "a-dev", change: "changed" },
    { stack: "b-dev", change: "removed" },
    { stack: "fixtures/a-full", change: "new" },
  ]);
});

test("an argument that moves to a file of its own, or goes with its resource, changes its stack", () => {
  const apart = { "a-dev.json": "1", "a-dev/key.policy.json": "1" };

  expect(changedStacks(apart, { "a-dev.json": "1" })).toEqual([{ stack: "a-dev", change: "changed" }]);
  expect(changedStacks({ "a-dev.json": "1" }, apart)).toEqual([{ stack: "a-dev", change: "changed" }]);
});
