import fc from "fast-check";
import { expect, test } from "vitest";
import { maxDepth, readJsonText } from "../../../../modules/values/json-text";

const problemsIn = (text: string) => {
  const read = readJsonText(text, "{}");
  return "problems" in read ? read.problems.map(({ path, found, advice }) => [path, found, advice]) : [];
};

const twice = "this key appears twice in one object, and only the last would count; remove one";
const reserved = "JavaScript reserves this name for the prototype of an object; choose another name";

test.each<[string, PropertyKey[][]]>([
  ['{"a":1,"a":1}', [["a"]]],
  ['{"a":1,"\\u0061":2}', [["a"]]],
  ['[{"b":{}},{"x":[1,{"y":1,"y":2}]}]', [[1, "x", 1, "y"]]],
  ['{"a":{"c":1,"c":2},"a":3}', [["a", "c"], ["a"]]],
  ['{"":1,"":2}', [[""]]],
])("fails when a key appears twice: %s", (text, paths) => {
  expect(problemsIn(text)).toEqual(paths.map((path) => [path, path.at(-1), twice]));
});

test("fails when a key has the name of an object's prototype", () => {
  expect(problemsIn('{"a":[{"__proto__":{"b":1}}]}')).toEqual([
    [["a", 0, "__proto__"], "__proto__", reserved],
  ]);
  expect(problemsIn('{"\\u005f_proto__":1}')).toEqual([[["__proto__"], "__proto__", reserved]]);
});

test.each(["[", '{"a":', "[[", "{}{"])("fails when the text is no JSON, however long: %s", (start) => {
  expect(problemsIn(start.repeat(50_000))).toEqual([
    [[], expect.any(String), expect.stringMatching(/^this is not JSON \(.+\); use {}$/)],
  ]);
});

test("fails when a text is nested too deeply", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

  expect(problemsIn(nested(maxDepth))).toEqual([]);
  for (const levels of [maxDepth + 1, 20_000])
    expect(problemsIn(nested(levels))).toEqual([
      [[], nested(levels), "this is nested more than 100 levels deep; remove the nesting"],
    ]);
});

test.each(['{"a":{"x":1},"b":{"x":1}}', '[{"x":1},{"x":"x"}]', '{"a":"a","b":"\\"a\\":{,"}', '"a"', "null"])(
  "keys of different objects and texts may be equal: %s",
  (text) => {
    expect(readJsonText(text, "{}")).toEqual({ value: JSON.parse(text) });
  },
);

test("what JSON.stringify writes is read as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      fc.pre(!text.includes("__proto__"));
      expect(readJsonText(text, "{}")).toEqual({ value: JSON.parse(text) });
    }),
  );
});
