import fc from "fast-check";
import { expect, test } from "vitest";
import { accessChange } from "../../../../scripts/review/policy-access";

const own = "123456789012";
const other = "444455556666";
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const allow = (Principal: unknown, Action: unknown, more: object = {}) => ({
  ...{ Sid: "A", Effect: "Allow", Principal, Action },
  ...more,
});
const gained = (before: string | undefined, after: string | undefined) =>
  accessChange(before, after, own).gained.map(({ text }) => text);
const lost = (before: string | undefined, after: string | undefined) =>
  accessChange(before, after, own).lost.map(({ text }) => text);

test.each<[unknown, string[]]>([
  ["*", ["everyone gains s:A"]],
  [{ AWS: "*" }, ["everyone gains s:A"]],
  [{ AWS: ["*"] }, ["everyone gains s:A"]],
  [{ AWS: other }, [`account ${other} gains s:A`]],
  [{ AWS: `arn:aws:iam::${other}:root` }, [`account ${other} gains s:A`]],
  [{ AWS: `arn:aws-cn:iam::${other}:root` }, [`account ${other} gains s:A`]],
  [{ AWS: `arn:aws:iam::${other}:role/x` }, [`arn:aws:iam::${other}:role/x gains s:A`]],
  [{ AWS: `arn:aws:sts::${other}:assumed-role/x/y` }, [`arn:aws:sts::${other}:assumed-role/x/y gains s:A`]],
  [{ AWS: "AIDAEXAMPLE" }, ["AIDAEXAMPLE gains s:A"]],
  [{ Federated: "cognito-identity.amazonaws.com" }, ["cognito-identity.amazonaws.com gains s:A"]],
  [{ CanonicalUser: "79a5" }, ["79a5 gains s:A"]],
  [{ AWS: own }, []],
  [{ AWS: `arn:aws:iam::${own}:role/x` }, []],
  [{ Service: "lambda.amazonaws.com" }, []],
])("a new statement for %j", (principal, expected) => {
  expect(gained(undefined, policy(allow(principal, "s:A")))).toEqual(expected);
});

test("everyone of the own account is nobody from outside", () => {
  const of = (operator: string, account: unknown) =>
    gained(
      undefined,
      policy(allow("*", "s:A", { Condition: { [operator]: { "aws:PrincipalAccount": account } } })),
    );

  expect(of("StringEquals", own)).toEqual([]);
  expect(of("StringEquals", [own])).toEqual([]);
  expect(of("StringEquals", [own, other])).toHaveLength(1);
  expect(of("StringEqualsIfExists", own)).toHaveLength(1);
  expect(of("StringNotEquals", own)).toHaveLength(1);
});

test("NotPrincipal, NotAction and NotResource are for all but these", () => {
  const statement = { Effect: "Allow", NotPrincipal: { AWS: own }, NotAction: "s:A", NotResource: "arn:x" };

  expect(gained(undefined, policy(statement))).toEqual([
    `everyone but account ${own} gains all but s:A on all but arn:x`,
  ]);
});

test("another NotPrincipal is another access", () => {
  const allBut = (principal: string) =>
    policy({ Effect: "Allow", NotPrincipal: { AWS: principal }, Action: "s:A" });

  expect(gained(allBut("111122223333"), allBut("444455556666"))).toEqual([
    "everyone but account 444455556666 gains s:A",
  ]);
});

test("another condition is another access", () => {
  const org = (id: string) =>
    allow("*", "s:A", { Condition: { StringEquals: { "aws:PrincipalOrgID": id } } });
  const condition = "if StringEquals aws:PrincipalOrgID";

  expect(gained(policy(org("o-1")), policy(org("o-2")))).toEqual([`everyone gains s:A, ${condition} = o-2`]);
  expect(lost(policy(org("o-1")), policy(org("o-2")))).toEqual([`everyone loses s:A, ${condition} = o-1`]);
});

test("a condition that is removed or widened is named", () => {
  const subject = (operator: string, value: unknown) =>
    allow("*", "s:A", { Condition: { [operator]: { "k:Sub": value } } });
  const [main, every] = [subject("StringEquals", "heads/main"), subject("StringLike", "heads/*")];

  expect(gained(policy(main), policy(allow("*", "s:A")))).toEqual([
    "everyone gains s:A; until now only if StringEquals k:Sub = heads/main",
  ]);
  expect(gained(policy(main), policy(every))).toEqual([
    "everyone gains s:A, if StringLike k:Sub = heads/*; until now only if StringEquals k:Sub = heads/main",
  ]);
  expect(lost(policy(main), policy(every))).toEqual([]);
  expect(gained(policy(every), policy(main))).toEqual([]);
  expect(gained(policy(main), policy(main, subject("StringEquals", "tags/v1")))).toEqual([
    "everyone gains s:A, if StringEquals k:Sub = tags/v1",
  ]);
  expect(gained(policy({ ...main, Action: "s:B" }), policy(allow("*", "s:A")))).toEqual([
    "everyone gains s:A",
  ]);
});

test("a denial that goes or changes is named by its Sid", () => {
  const deny = { Sid: "D", Effect: "Deny", Principal: "*", Action: "s:A" };

  expect(accessChange(policy(deny), undefined, own).undenied.map(({ text }) => text)).toEqual([
    "the Deny statement D is removed or changed",
  ]);
  expect(accessChange(policy(deny), policy({ ...deny, Sid: "E" }), own).undenied).toEqual([]);
});

test("an action that a wider one replaces is not lost, and a Deny that is wider is not removed", () => {
  const deny = (Action: string) => ({ ...allow("*", Action), Effect: "Deny" });
  const before = policy(allow(other, "s:A"), deny("s:B"));

  expect(accessChange(before, policy(allow(other, "s:*"), deny("s:*")), own)).toEqual({
    gained: [
      {
        text: `account ${other} gains s:*`,
        access: { principal: `account ${other}`, verb: "gains", condition: "" },
        resource: undefined,
      },
    ],
    lost: [],
    undenied: [],
  });
});

test("neither Sids, the order nor how statements are split make a difference", () => {
  const pair = fc.tuple(fc.constantFrom(own, other, "*"), fc.constantFrom("s:A", "s:B", "s:C"));
  fc.assert(
    fc.property(fc.uniqueArray(pair, { selector: String, minLength: 1 }), fc.nat(), (pairs, seed) => {
      const one = policy(...pairs.map(([principal, action]) => allow({ AWS: principal }, action)));
      const turn = seed % pairs.length;
      const principals = [...pairs.slice(turn), ...pairs.slice(0, turn)].map(([principal]) => principal);
      const grouped = [...new Set(principals)].map((principal) =>
        allow(
          { AWS: [principal] },
          pairs.filter(([of]) => of === principal).map(([, action]) => action),
          { Sid: `S${principal === "*" ? 0 : principal}` },
        ),
      );
      expect(accessChange(one, policy(...grouped), own)).toEqual({ gained: [], lost: [], undenied: [] });
    }),
  );
});

test.each(["Allow", "Deny"])(
  "in a statement with %s, the order of lists and the brackets of one entry mean nothing",
  (Effect) => {
    const condition = (values: unknown) => ({
      Effect,
      Condition: { StringEquals: { "aws:PrincipalTag/a": values } },
    });
    const change = (before: unknown, after: unknown) =>
      accessChange(
        policy(allow("*", "s:A", condition(before))),
        policy(allow("*", "s:A", condition(after))),
        own,
      );
    const nothing = { gained: [], lost: [], undenied: [] };

    expect(change(["1", "2"], ["2", "1"])).toEqual(nothing);
    expect(change("1", ["1"])).toEqual(nothing);
    // A Deny with more values denies more.
    const [one, both] = [["1"], ["1", "2"]];
    expect(Effect === "Allow" ? change(one, both) : change(both, one)).not.toEqual(nothing);
  },
);
