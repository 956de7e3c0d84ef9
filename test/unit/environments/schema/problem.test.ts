import { expect, test } from "vitest";
import { type Problem, renderPath, renderProblems } from "../../../../environments/schema/problem";
import { tagMutabilities } from "../../../../modules/ecr/repository/tag-mutability";
import { suggest } from "../../../../modules/values/suggestion";

test.each([
  ["IMUTABLE", "IMMUTABLE"],
  ["MUTBLE", "MUTABLE"],
  ["immutable_with_exclusion", "IMMUTABLE_WITH_EXCLUSION"],
  ["mutable-with-exclusion", "MUTABLE_WITH_EXCLUSION"],
])("%s is answered with %s", (word, meant) => {
  expect(suggest(word, tagMutabilities)).toBe(`did you mean "${meant}"?`);
});

test("of two words that are equally near the one with the same first letter is meant", () => {
  expect([suggest("bat", ["cat", "bar"]), suggest("bat", ["bar", "cat"])]).toEqual([
    'did you mean "bar"?',
    'did you mean "bar"?',
  ]);
});

test("a nearer word is meant whatever its first letter", () => {
  expect(suggest("xcanOnPush", ["xanFrPush", "scanOnPush"])).toBe('did you mean "scanOnPush"?');
});

test.each([["SOMETIMES"], [""], [undefined], [null], [1], [["MUTABLE"]]])("%j is near no word", (word) => {
  expect(suggest(word, tagMutabilities)).toBeUndefined();
});

test("no word is near where there are none", () => {
  expect(suggest("MUTABLE", [])).toBeUndefined();
});

test.each<[string, PropertyKey[]]>([
  ["(top level)", []],
  ["ecr.repositories.app", ["ecr", "repositories", "app"]],
  [
    'ecr.repositories["web-app"].allowedAccountIds[2]',
    ["ecr", "repositories", "web-app", "allowedAccountIds", 2],
  ],
  ['["web-app"]', ["web-app"]],
])("a path is written as in TypeScript: %s", (text, path) => {
  expect(renderPath(path)).toBe(text);
});

const problem: Problem = { file: "environments/dev.ts", path: ["a"], found: 1, advice: "no; change it" };

test("problems give one line each, and an equal one none", () => {
  const text = renderProblems([problem, { ...problem, found: undefined }, { ...problem }]);

  expect(text).toBe(
    "environments/dev.ts: a: found 1; no; change it\nenvironments/dev.ts: a: found nothing; no; change it",
  );
});

test("a long value is cut", () => {
  const text = renderProblems([{ ...problem, found: "x".repeat(200) }]);

  expect(text).toBe(`environments/dev.ts: a: found "${"x".repeat(119)}…; no; change it`);
});

const circle: Record<string, unknown> = { a: 1 };
circle["self"] = [circle];
const twice = { b: 2 };

test.each<[string, unknown]>([
  ["123456789012n", 123456789012n],
  ['{"port":"1n"}', { port: 1n }],
  ["NaN", Number.NaN],
  ["-Infinity", -Infinity],
  ['["NaN"]', [Number.NaN]],
  ['{"a":1,"self":["[Circular]"]}', circle],
  ['[{"b":2},{"b":2}]', [twice, twice]],
  ["Symbol(a)", Symbol("a")],
  ["null", null],
])("a value without JSON is shown, too: %s", (text, found) => {
  expect(renderProblems([{ ...problem, found }])).toBe(
    `environments/dev.ts: a: found ${text}; no; change it`,
  );
});

test("a line end in a name or a value splits no line", () => {
  const text = renderProblems([
    { ...problem, path: ["a\nb"], found: "c\u2028d", advice: "there are e\nf\r\u2029; choose one" },
  ]);

  expect(text).toBe(
    'environments/dev.ts: ["a\\nb"]: found "c\\u2028d"; there are e\\nf\\r\\u2029; choose one',
  );
});

test("a problem whose line is known names it behind the file", () => {
  const problem = { file: "environments/dev.ts", path: ["name"], found: 1, advice: "no; yes" };

  expect(renderProblems([{ ...problem, line: 7 }, problem])).toBe(
    "environments/dev.ts:7: name: found 1; no; yes\nenvironments/dev.ts: name: found 1; no; yes",
  );
});
