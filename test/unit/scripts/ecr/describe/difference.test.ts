import { expect, test } from "vitest";
import { sameValue } from "../../../../../modules/values/same-value";
import { exitCodeOf } from "../../../../../scripts/ecr/describe/description";
import { compared } from "../../../../../scripts/ecr/describe/difference";

const statement = (principal: unknown, actions: readonly string[]) => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: actions }],
});
const differs = (declared: object, actual: object) =>
  compared({ repositoryPolicy: declared }, { repositoryPolicy: actual })[0]?.differs;

test("policies are the same whatever the order, and with accounts in either form", () => {
  const declared = statement(["111122223333", "444455556666"], ["ecr:BatchGetImage", "ecr:ListImages"]);
  const actual = {
    Statement: statement(
      ["arn:aws:iam::444455556666:root", "arn:aws:iam::111122223333:root"],
      ["ecr:ListImages", "ecr:BatchGetImage"],
    ).Statement[0],
    Version: "2012-10-17",
  };

  expect(differs(declared, actual)).toBe(false);
});

test("another account, another action or another effect is a difference", () => {
  const declared = statement("111122223333", ["ecr:BatchGetImage"]);

  expect(differs(declared, statement("111122223334", ["ecr:BatchGetImage"]))).toBe(true);
  expect(differs(declared, statement("111122223333", ["ecr:*"]))).toBe(true);
  expect(differs(declared, JSON.parse(JSON.stringify(declared).replace("Allow", "Deny")))).toBe(true);
});

test("what the file does not name, or could not be read, does not differ", () => {
  expect(compared({}, { scanType: "BASIC" })).toEqual([
    { setting: "scanType", actual: "BASIC", differs: false },
  ]);
  expect(compared({ scanType: "BASIC" }, {})).toEqual([
    { setting: "scanType", declared: "BASIC", differs: false },
  ]);
});

test("a policy that only one side has is a difference", () => {
  expect(compared({ lifecyclePolicy: null }, { lifecyclePolicy: { rules: [] } })[0]?.differs).toBe(true);
});

test.each([
  [[1, 2], [2, 1, 1], true],
  [["a"], "a", true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: [{ b: 1 }] }, { a: { b: 1 } }, true],
  [{ a: 1 }, { a: "1" }, false],
  [null, undefined, true],
  [[1], [1, 2], false],
])("%j and %j: same is %s", (a, b, same) => {
  expect(sameValue(a, b)).toBe(same);
});

test.each([
  [{ exists: false, settings: [], unread: {} }, 3],
  [{ exists: true, settings: [{ setting: "tags", differs: true }], unread: { scanType: "no" } }, 2],
  [{ exists: true, settings: [{ setting: "tags", differs: false }], unread: { scanType: "no" } }, 1],
  [{ exists: true, settings: [{ setting: "tags", differs: false }], unread: {} }, 0],
] as const)("the exit code of %j is %i", (description, code) => {
  expect(exitCodeOf(description as never)).toBe(code);
});
