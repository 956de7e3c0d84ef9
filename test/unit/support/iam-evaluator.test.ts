import { expect, test } from "vitest";
import type { Statement } from "../../../modules/iam/policy-document";
import { decide, like } from "../../support/iam-evaluator";

const allow = (change: Partial<Statement>): Statement => ({
  Sid: "S",
  Effect: "Allow",
  Action: ["s3:Get*"],
  Resource: "arn:aws:s3:::b/*",
  ...change,
});
const get = { action: "s3:GetObject", resource: "arn:aws:s3:::b/k" };

test("wildcards stand for text or one character, and everything else for itself", () => {
  expect(like("a*c", "abbc")).toBe(true);
  expect(like("a?c", "abc")).toBe(true);
  expect(like("a?c", "abbc")).toBe(false);
  expect(like("a.c", "abc")).toBe(false);
  expect(like("a", "ab")).toBe(false);
});

test("a denial wins over an allowance, and nothing is allowed by itself", () => {
  expect(decide([], get)).toBe("not allowed");
  expect(decide([allow({})], get)).toBe("allowed");
  expect(decide([allow({}), allow({ Effect: "Deny", Action: ["*"], Resource: "*" })], get)).toBe("denied");
});

test("actions fit in any case, resources in their own", () => {
  expect(decide([allow({})], { ...get, action: "S3:getobject" })).toBe("allowed");
  expect(decide([allow({})], { ...get, resource: "arn:aws:s3:::B/k" })).toBe("not allowed");
});

test("all operators and keys must hold, and one of the values of each", () => {
  const statement = allow({
    Condition: { StringEquals: { a: ["1", "2"], b: "3" }, StringLike: { c: "x*" } },
  });

  expect(decide([statement], { ...get, context: { a: "2", b: "3", c: "xy" } })).toBe("allowed");
  expect(decide([statement], { ...get, context: { a: "2", b: "4", c: "xy" } })).toBe("not allowed");
  expect(decide([statement], { ...get, context: { a: "2", b: "3", c: "y" } })).toBe("not allowed");
});

test("a key that is absent fails, but for negated operators", () => {
  expect(decide([allow({ Condition: { StringEquals: { a: "1" } } })], get)).toBe("not allowed");
  expect(decide([allow({ Condition: { StringNotEquals: { a: "1" } } })], get)).toBe("allowed");
});

test("Null asks whether a key is absent", () => {
  const absent = allow({ Condition: { Null: { a: "true" } } });
  const present = allow({ Condition: { Null: { a: "false" } } });

  expect([decide([absent], get), decide([present], get)]).toEqual(["allowed", "not allowed"]);
  const has = { ...get, context: { a: "1" } };
  expect([decide([absent], has), decide([present], has)]).toEqual(["not allowed", "allowed"]);
});

test("a pattern of an ARN keeps to its part", () => {
  const statement = allow({ Condition: { ArnLike: { arn: "arn:aws:iam::1*:role/x" } } });

  expect(decide([statement], { ...get, context: { arn: "arn:aws:iam::12:role/x" } })).toBe("allowed");
  expect(decide([statement], { ...get, context: { arn: "arn:aws:iam::1:role/y:role/x" } })).toBe(
    "not allowed",
  );
});

test("a principal is one of those named, of its type", () => {
  const statement = allow({ Principal: { AWS: ["a", "b"] } });

  expect(decide([statement], { ...get, principal: { AWS: "b" } })).toBe("allowed");
  expect(decide([statement], { ...get, principal: { Service: "b" } })).toBe("not allowed");
  expect(decide([allow({ Principal: "*" })], { ...get, principal: { AWS: "c" } })).toBe("allowed");
});

test("of a key with several values one must fit, where the operator says so", () => {
  const statement = allow({ Condition: { "ForAnyValue:StringEquals": { a: ["1"] } } });

  expect(decide([statement], { ...get, context: { a: ["0", "1"] } })).toBe("allowed");
  expect(decide([statement], { ...get, context: { a: ["0"] } })).toBe("not allowed");
});

test("fails on an operator that it does not know", () => {
  const statement = allow({ Condition: { DateLessThan: { a: "1" } } });

  expect(() => decide([statement], { ...get, context: { a: "1" } })).toThrow("unknown operator DateLessThan");
});

test("of a key with several values all must fit with ForAllValues, and none need be there", () => {
  const statement = allow({ Condition: { "ForAllValues:StringEquals": { a: ["1", "2"] } } });

  expect(decide([statement], { ...get, context: { a: ["1"] } })).toBe("allowed");
  expect(decide([statement], { ...get, context: { a: ["0", "1"] } })).toBe("not allowed");
  expect(decide([statement], get)).toBe("allowed");
});

test("a condition with IfExists is met without its key", () => {
  const statement = allow({ Condition: { StringEqualsIfExists: { a: "1" } } });

  expect(decide([statement], get)).toBe("allowed");
  expect(decide([statement], { ...get, context: { a: "1" } })).toBe("allowed");
  expect(decide([statement], { ...get, context: { a: "2" } })).toBe("not allowed");
});

test("opposites are about all others", () => {
  const [{ Action, ...others }] = [allow({})];
  const statement = { ...others, NotAction: ["s3:Put*"], NotPrincipal: { AWS: "1" } };

  expect(decide([statement], { ...get, principal: { AWS: "2" } })).toBe("allowed");
  expect(decide([statement], { ...get, principal: { AWS: "1" } })).toBe("not allowed");
  expect(decide([statement], { ...get, action: "s3:PutObject", principal: { AWS: "2" } })).toBe(
    "not allowed",
  );
  expect(Action).toBeDefined();
});

test.each<[string, string, string, boolean]>([
  ["IpAddress", "203.0.113.0/24", "203.0.113.9", true],
  ["NotIpAddress", "203.0.113.0/24", "203.0.113.9", false],
  ["IpAddress", "2001:db8::/32", "203.0.113.9", false],
  ["NumericLessThan", "10", "9", true],
  ["NumericGreaterThanEquals", "10", "9", false],
  ["DateGreaterThan", "2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z", true],
  ["StringEqualsIgnoreCase", "ABC", "abc", true],
  ["ArnNotLike", "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a", false],
])("%s %s of %s is %s", (operator, wanted, value, holds) => {
  const statement = allow({ Condition: { [operator]: { a: wanted } } });

  expect(decide([statement], { ...get, context: { a: value } })).toBe(holds ? "allowed" : "not allowed");
});
