import fc from "fast-check";
import { expect, test } from "vitest";
import { unknowable } from "../../../support/cached-results/observed";
import { cacheOf, dependenciesIn, unchangedFiles } from "../../../support/cached-results/result-cache";

const of = (contents: Readonly<Record<string, string>>) => (path: string) => contents[path] ?? "missing";

const passed = new Map([
  ["a.test.ts", ["a.test.ts", "a.ts"]],
  ["b.test.ts", ["b.test.ts", "a.ts", "later.md"]],
]);
const contents = { "a.test.ts": "1", "b.test.ts": "1", "a.ts": "1" };
const cache = cacheOf(passed, of(contents));

test.each([
  [{}, ["a.test.ts", "b.test.ts"]],
  [{ "a.test.ts": "2" }, ["b.test.ts"]],
  [{ "later.md": "1" }, ["a.test.ts"]],
  [{ "a.ts": "missing" }, []],
  [{ "other.ts": "2" }, ["a.test.ts", "b.test.ts"]],
])("with %j, these would pass again: %j", (change, files) => {
  expect(unchangedFiles(cache, of({ ...contents, ...change }))).toEqual(files);
});

test("a cache says what a result depends on", () => {
  expect(dependenciesIn(cache, "b.test.ts")).toEqual(["b.test.ts", "a.ts", "later.md"]);
  expect(dependenciesIn(cache, "none.test.ts")).toEqual([]);
});

test("a result is not kept if it depends on what cannot be compared, or on what changed during the run", () => {
  const results = new Map([
    ...passed,
    ["program.test.ts", ["program.test.ts", unknowable]],
    ["edited.test.ts", ["edited.test.ts", "edited.ts"]],
  ]);
  const later = cacheOf(results, (path) => (path === "edited.ts" ? undefined : "1"));

  expect(Object.keys(later.passed)).toEqual(["a.test.ts", "b.test.ts"]);
});

test("the test files that would pass again are those without a changed dependency", () => {
  const path = fc.constantFrom("a", "b", "c", "d", "e", "f", "1", "__proto__", unknowable);
  const files = fc.dictionary(fc.constantFrom("x", "y", "z", "7"), fc.uniqueArray(path, { minLength: 1 }));
  const content = fc.array(fc.constantFrom("1", "2", "missing"), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(files, content, content, (dependencies, before, after) => {
      const held = (list: readonly string[]) => (each: string) =>
        list["abcdef1".indexOf(each[0] ?? "")] ?? list[8] ?? "";
      const written = cacheOf(new Map(Object.entries(dependencies)), held(before));
      const read = JSON.parse(JSON.stringify(written)) as typeof written;
      const expected = Object.keys(dependencies).filter((file) =>
        dependencies[file]?.every((each) => each !== unknowable && held(before)(each) === held(after)(each)),
      );

      expect(unchangedFiles(read, held(after))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});
