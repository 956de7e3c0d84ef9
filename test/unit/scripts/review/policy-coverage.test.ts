import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessChange } from "../../../../scripts/review/policy-access";
import { accessChanges } from "../../../../scripts/review/report/access";
import { runs } from "../../../support/property-runs";
import { oneChange } from "../../../support/review/one-change";
import {
  allows,
  type ModelCaller,
  type ModelPolicy,
  type Reading,
} from "../../../support/review/policy-model";
import { editedPolicies, own, requestsAbout } from "../../../support/review/random-policies";

const readings: Reading[] = [true, false].flatMap((starIsEverybody) =>
  [true, false].map((voidsStatement) => ({ owner: own, starIsEverybody, voidsStatement })),
);

/** Those that can differ for a caller. */
const readingsFor = (caller: ModelCaller): Reading[] =>
  typeof caller !== "string" && "type" in caller ? readings : readings.filter((one) => !one.starIsEverybody);

/** Whether the review says that a policy of something that exists allows more than before. */
function isBroader(before: ModelPolicy, after: ModelPolicy, isIdentity: boolean): boolean {
  const values = (policy: ModelPolicy) => ({ role: "r", bucket: "b", policy: JSON.stringify(policy) });
  const change = oneChange(
    isIdentity ? "aws_iam_role_policy.p" : "aws_s3_bucket_policy.p",
    values(before),
    values(after),
  );
  const { access } = accessChanges({ format_version: "1.2", resource_changes: [change] }, own);
  return access.some(({ broadens }) => broadens);
}

const isOutside = (caller: ModelCaller): boolean =>
  caller === "anonymous" || ("arns" in caller ? caller.account !== own : caller.type !== "Service");

/** A request that only the new policy allows, in any reading; `undefined` if none is found. */
const newlyAllowed = (
  [before, after]: readonly [ModelPolicy, ModelPolicy],
  seed: number,
  isWanted: (caller: ModelCaller) => boolean = () => true,
) =>
  requestsAbout([before, after], seed, requests).find(
    (request) =>
      isWanted(request.caller) &&
      readingsFor(request.caller).some(
        (reading) => allows(after, request, reading) && !allows(before, request, reading),
      ),
  );

const requests = 40;

describe.each([
  ["an IAM policy", true],
  ["the policy of a resource", false],
])("of %s", (_, isIdentity) => {
  test("no request that an edit newly allows is hidden", () => {
    fc.assert(
      fc.property(editedPolicies(isIdentity), fc.nat(), ([one, other], seed) => {
        const hidden = [[one, other] as const, [other, one] as const]
          .filter(([before, after]) => !isBroader(before, after, isIdentity))
          .map((pair) => newlyAllowed(pair, seed));
        expect(hidden.filter((request) => request !== undefined)).toEqual([]);
      }),
      { numRuns: runs(400) },
    );
  });

  test("most edits that are called broader newly allow a request that the model finds", () => {
    const broader = fc
      .sample(fc.tuple(editedPolicies(isIdentity), fc.nat()), { numRuns: 150, seed: 1 })
      .filter(([[before, after]]) => isBroader(before, after, isIdentity));
    const found = broader.filter(([pair, seed]) => newlyAllowed(pair, seed) !== undefined);

    expect(broader.length).toBeGreaterThan(30);
    expect(found.length / broader.length).toBeGreaterThan(0.5);
  });
});

test("no request of anybody outside the account that an edit newly allows is hidden", () => {
  fc.assert(
    fc.property(editedPolicies(false), fc.nat(), ([before, after], seed) => {
      const found = accessChange(JSON.stringify(before), JSON.stringify(after), own);
      const isNamed = found.gained.length + found.undenied.length > 0;
      expect(isNamed ? undefined : newlyAllowed([before, after], seed, isOutside)).toBeUndefined();
    }),
    { numRuns: runs(400) },
  );
});

test("a policy is not broader than itself, whatever the order of its statements and lists", () => {
  fc.assert(
    fc.property(editedPolicies(false), ([policy]) => {
      const reversed = policy.Statement.toReversed().map((statement) =>
        Object.fromEntries(
          Object.entries(statement).map(([key, value]) => [
            key,
            Array.isArray(value) ? value.toReversed() : value,
          ]),
        ),
      );
      expect(isBroader(policy, { ...policy, Statement: reversed }, false)).toBe(false);
    }),
  );
});

const version = "2012-10-17";
const statement = (more: object) => ({ Effect: "Allow", Action: "s:Get", Resource: "*", ...more });
const role = (more: object, Version: string | undefined = version): ModelPolicy => ({
  ...(Version !== undefined && { Version }),
  Statement: [statement(more)],
});
const shared = (Principal: unknown, more: object = {}): ModelPolicy => role({ Principal, ...more });
const trusting = (provider: string) => ({ Federated: provider });

test.each<[string, ModelPolicy, ModelPolicy]>([
  [
    "a variable is not the text that its wildcard could match",
    role({ Resource: "a/????????????????" }),
    role({ Resource: "a/${aws:username}" }),
  ],
  ["`$` before a wildcard is no variable", role({ Resource: "$*" }), role({ Resource: "${aws:username}" })],
  [
    "a character that is written as a variable is one",
    role({ Resource: "????" }),
    role({ Resource: "${?}" }),
  ],
  [
    "variables begin with the version that has them",
    role({ Resource: "a/${aws:username}" }, "2008-10-17"),
    role({ Resource: "a/${aws:username}" }),
  ],
  [
    "also those in a condition",
    role({ Condition: { StringEquals: { "aws:username": "${aws:userid}" } } }, "2008-10-17"),
    role({ Condition: { StringEquals: { "aws:username": "${aws:userid}" } } }),
  ],
  [
    "where a variable has no value, a statement without it allows more",
    role({ Resource: ["a", "b/${aws:username}"] }),
    role({ Resource: "a" }),
  ],
  [
    "a service is no identity provider of the same name",
    shared({ Service: "cognito-identity.amazonaws.com" }),
    shared(trusting("cognito-identity.amazonaws.com")),
  ],
  ["everyone is no identity provider", shared("*"), shared(trusting(`arn:aws:iam::${own}:saml-provider/x`))],
  ["everyone is no service", shared("*"), shared({ Service: "lambda.amazonaws.com" })],
  [
    "a role of the own account needs no permission of its own",
    shared({ AWS: own }),
    shared({ AWS: `arn:aws:iam::${own}:role/r` }),
  ],
  [
    "one excluded name with a comma is not two",
    role({ Resource: undefined, NotResource: ["a", "b"] }),
    role({ Resource: undefined, NotResource: "a, b" }),
  ],
  [
    "every branch instead of one branch is more",
    role({ Condition: { StringEquals: { "k:Sub": "repo:a/b:ref:refs/heads/main" } } }),
    role({ Condition: { StringLike: { "k:Sub": "repo:a/b:ref:refs/heads/*" } } }),
  ],
  [
    "a wildcard is only text for StringEquals",
    role({ Condition: { StringEquals: { "k:Sub": "a/*" } } }),
    role({ Condition: { StringLike: { "k:Sub": "a/b" } } }),
  ],
  [
    "a narrower pattern that is excluded is more",
    role({ Condition: { StringNotLike: { "k:Sub": "a/*" } } }),
    role({ Condition: { StringNotEquals: { "k:Sub": "a/b" } } }),
  ],
  [
    "fewer exceptions are more",
    role({ Action: undefined, NotAction: ["s:*", "t:*"] }),
    role({ Action: undefined, NotAction: ["s:*"] }),
  ],
])("%s", (_, before, after) => {
  const clean = (policy: ModelPolicy) => JSON.parse(JSON.stringify(policy)) as ModelPolicy;
  const isIdentity = clean(after).Statement[0]?.["Principal"] === undefined;

  expect(isBroader(clean(before), clean(after), isIdentity)).toBe(true);
});

test.each<[string, ModelPolicy, ModelPolicy]>([
  ["another version without variables", role({}, "2008-10-17"), role({})],
  ["wildcards in another order", role({ Resource: "a*?" }), role({ Resource: "a?*" })],
  ["a variable instead of a wildcard", role({ Resource: "a/*" }), role({ Resource: "a/${aws:username}" })],
  ["a character that was written as a variable", role({ Resource: "a/${$}*" }), role({ Resource: "a/$b" })],
  ["a character that is written as a variable", role({ Resource: "a/$*" }), role({ Resource: "a/${$}b" })],
  [
    "a role instead of its account",
    shared({ AWS: "444455556666" }),
    shared({ AWS: "arn:aws:iam::444455556666:role/r" }),
  ],
  [
    "more exceptions",
    role({ Action: undefined, NotAction: ["s:Get"] }),
    role({ Action: undefined, NotAction: ["s:*", "t:*"] }),
  ],
  [
    "one branch instead of every branch",
    role({ Condition: { StringLike: { "k:Sub": "repo:a/b:ref:refs/heads/*" } } }),
    role({ Condition: { StringEquals: { "k:Sub": "repo:a/b:ref:refs/heads/main" } } }),
  ],
  [
    "a narrower pattern",
    role({ Condition: { StringLike: { "k:Sub": ["a/*", "b"] } } }),
    role({ Condition: { StringLike: { "k:Sub": ["a/b/*", "b"] } } }),
  ],
  [
    "a wider pattern that is excluded",
    role({ Condition: { StringNotEquals: { "k:Sub": "a/b" } } }),
    role({ Condition: { StringNotLike: { "k:Sub": "a/*" } } }),
  ],
])("%s is not broader", (_, before, after) => {
  const clean = (policy: ModelPolicy) => JSON.parse(JSON.stringify(policy)) as ModelPolicy;
  const isIdentity = clean(after).Statement[0]?.["Principal"] === undefined;

  expect(isBroader(clean(before), clean(after), isIdentity)).toBe(false);
});

test("a pattern with many wildcards is compared at once", () => {
  const many = "a*".repeat(40);

  expect(isBroader(role({ Resource: `${many}b` }), role({ Resource: "a".repeat(2000) }), true)).toBe(true);
});
