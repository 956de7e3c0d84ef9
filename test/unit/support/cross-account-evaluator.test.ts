import { expect, test } from "vitest";
import { type Caller, isAllowed, type Policy } from "../../support/cross-account-evaluator";

const owner = "111122223333";
const resource = `arn:aws:ecr:eu-west-1:${owner}:repository/app`;
const inside: Caller = { roleArn: `arn:aws:iam::${owner}:role/build` };
const outside: Caller = { roleArn: "arn:aws:iam::444455556666:role/build" };
const lambda: Caller = { service: "lambda.amazonaws.com" };

const everything: Policy = {
  Statement: [{ Sid: "All", Effect: "Allow", Action: ["ecr:*"], Resource: "*" }],
};

const to = (Principal: NonNullable<Policy["Statement"][number]["Principal"]>, Condition = {}): Policy => ({
  Statement: [{ Sid: "One", Effect: "Allow", Principal, Action: ["ecr:BatchGetImage"], Condition }],
});

const allowed = (caller: Caller, policies: Parameters<typeof isAllowed>[1], action = "ecr:BatchGetImage") =>
  isAllowed({ caller, action, resource, owner }, policies);

test("in one account either side is enough, but the account as principal leaves it to the identity", () => {
  expect(allowed(inside, {})).toBe(false);
  expect(allowed(inside, { identity: everything })).toBe(true);
  expect(allowed(inside, { resource: to({ AWS: `arn:aws:iam::${owner}:role/build` }) })).toBe(true);
  expect(allowed(inside, { resource: to("*") })).toBe(true);
  expect(allowed(inside, { resource: to({ AWS: `arn:aws:iam::${owner}:root` }) })).toBe(false);
});

test("across accounts both sides must allow", () => {
  const resource = to({ AWS: ["444455556666"] });

  expect(allowed(outside, { identity: everything })).toBe(false);
  expect(allowed(outside, { resource })).toBe(false);
  expect(allowed(outside, { identity: everything, resource })).toBe(true);
  expect(allowed(outside, { identity: everything, resource }, "ecr:PutImage")).toBe(false);
});

test("a service needs to be named, and its source to match", () => {
  const sourced = to(
    { Service: "lambda.amazonaws.com" },
    { ArnLike: { "aws:sourceArn": "arn:aws:lambda:eu-west-1:444455556666:function:*" } },
  );
  const from = (account: string): Caller => ({
    ...lambda,
    sourceArn: `arn:aws:lambda:eu-west-1:${account}:function:f:1`,
  });

  expect(allowed(lambda, { resource: to({ Service: "lambda.amazonaws.com" }) })).toBe(true);
  expect(allowed(lambda, { resource: to({ AWS: owner }) })).toBe(false);
  expect(allowed(from("444455556666"), { resource: sourced })).toBe(true);
  expect(allowed(from("777788889999"), { resource: sourced })).toBe(false);
  expect(allowed(lambda, { resource: sourced })).toBe(false);
});

test.each([
  ["StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5", true],
  ["StringEquals", "aws:PrincipalOrgID", "o-a1b2*", false],
  ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/*", true],
  ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/r-ab12/", false],
  ["ArnEquals", "aws:PrincipalArn", "arn:aws:iam::444455556666:role/build", true],
  ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::444455556666:role/b*", true],
  ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*", false],
])("%s of %s with %s holds: %s", (operator, key, value, holds) => {
  const caller = { ...outside, organizationPath: "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/" };
  const resource = to("*", { [operator]: { [key]: [value] } });

  expect(allowed(caller, { identity: everything, resource })).toBe(holds);
});

test("a condition on what the request does not have does not hold", () => {
  const resource = to("*", { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } });

  expect(allowed(outside, { identity: everything, resource })).toBe(false);
  expect(allowed(lambda, { resource })).toBe(false);
});

test("a denial wins", () => {
  const denial = {
    Sid: "No",
    Effect: "Deny",
    Principal: { AWS: "444455556666" },
    Action: ["ecr:B*"],
  } as const;
  const Statement = [...to("*").Statement, denial];

  expect(allowed(outside, { identity: everything, resource: { Statement } })).toBe(false);
  expect(allowed(inside, { resource: { Statement } })).toBe(true);
});

test("fails on an operator that it does not know", () => {
  const resource = to("*", { DateLessThan: { "aws:CurrentTime": "2030-01-01" } });

  expect(() => allowed(outside, { identity: everything, resource })).toThrow("unknown operator DateLessThan");
});
