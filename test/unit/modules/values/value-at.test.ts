import { expect, test } from "vitest";
import { valueAt } from "../../../../modules/values/value-at";

const value = { list: [{ a: 1 }, null], text: "abc", none: undefined };

test.each<[PropertyKey[], unknown]>([
  [[], value],
  [["list", 0, "a"], 1],
  [["list", 1], null],
  [["list", "0", "a"], 1],
  [["text"], "abc"],
])("the value at %j is found", (path, found) => {
  expect(valueAt(value, path)).toBe(found);
});

test.each<[PropertyKey[]]>([
  [["other"]],
  [["list", 2]],
  [["list", 1, "a"]],
  [["text", "length"]],
  [["text", 0]],
  [["none", "a", "b"]],
])("the path %j does not exist", (path) => {
  expect(valueAt(value, path)).toBeUndefined();
});

test.each([[undefined], [null], [1], ["text"]])("%j has no paths", (flat) => {
  expect(valueAt(flat, ["a"])).toBeUndefined();
});
