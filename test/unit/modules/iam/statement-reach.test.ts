import fc from "fast-check";
import { expect, test } from "vitest";
import { readStatement } from "../../../../modules/iam/statement-json";
import { statementFrom } from "../../../../modules/iam/statement-parts";
import { allowsEveryone, allowsUnnamedOutside } from "../../../../modules/iam/statement-reach";
import { type Call, isAllowed } from "../../../support/iam-evaluator";
import { runs } from "../../../support/property-runs";

const own = "111122223333";
const partner = "444455556666";

/** Conditions that limit callers, and such that only look as if they did. */
const conditions: readonly object[] = [
  { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  { StringLike: { "aws:PrincipalOrgID": ["o-a1b2c3d4e5", "o-b*"] } },
  { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
  { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-ab12/*"] } },
  { "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": ["o-a1b2c3d4e5/r-ab12/*"] } },
  { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": ["o-*/r-*"] } },
  { Null: { "aws:PrincipalOrgPaths": "false" } },
  { StringEquals: { "aws:PrincipalAccount": partner } },
  { StringEquals: { "aws:PrincipalAccount": own } },
  { StringLike: { "aws:PrincipalAccount": ["9999*", own] } },
  { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${partner}:role/ci/*` } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci/build" } },
  { StringLike: { "aws:PrincipalArn": [`arn:*:iam::${partner}:*`, `arn:aws:iam::${own}:role/x`] } },
  { StringLike: { "aws:PrincipalArn": "*:role/ci/*" } },
  { ArnNotEquals: { "aws:PrincipalArn": `arn:aws:iam::${partner}:role/ci/build` } },
  { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } },
  { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1", "128.0.0.0/1"] } },
  { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } },
  { StringLike: { "aws:SourceVpce": "vpce-*" } },
  { StringEquals: { "aws:PrincipalTag/team": "web" } },
  { Bool: { "aws:SecureTransport": "true" } },
];

const principals: readonly unknown[] = [
  "*",
  { AWS: "*" },
  { AWS: [partner, "*"] },
  { AWS: partner },
  { AWS: `arn:aws:iam::${partner}:role/ci/build` },
  { AWS: own },
  { Service: "codebuild.amazonaws.com" },
];

const statement = fc
  .record({
    Principal: fc.constantFrom(...principals),
    Action: fc.constantFrom("ecr:*", "ecr:PutImage"),
    chosen: fc.subarray([...conditions], { maxLength: 3 }),
  })
  .map(({ chosen, ...others }) => {
    const Condition: Record<string, object> = {};
    for (const [operator, keys] of chosen.flatMap((one) => Object.entries(one)))
      Condition[operator] = { ...Condition[operator], ...keys };
    return { Effect: "Allow", ...others, ...(chosen.length > 0 && { Condition }) };
  });

const partsOf = (written: object) => readStatement(written, "").parts;

/** Somebody whom no statement is meant for, with whatever they can bring about. */
const stranger: fc.Arbitrary<Call> = fc
  .record(
    {
      "aws:PrincipalOrgID": fc.constant("o-bbbbbbbbbb"),
      "aws:PrincipalOrgPaths": fc.constant(["o-bbbbbbbbbb/r-ab12/"]),
      "aws:SourceIp": fc.constantFrom("198.51.100.1", "2001:db9::1"),
      "aws:SourceVpce": fc.constant("vpce-0999999999abcdef0"),
      "aws:PrincipalTag/team": fc.constant("web"),
      "aws:SecureTransport": fc.constant("true"),
      "aws:PrincipalArn": fc.constantFrom("arn:aws:iam::999999999999:role/ci/build"),
      "aws:PrincipalAccount": fc.constant("999999999999"),
    },
    { requiredKeys: [] },
  )
  .map((context) => ({
    action: "ecr:PutImage",
    principal: { AWS: "arn:aws:iam::999999999999:role/ci/build" },
    context,
  }));

test("a statement that is not called open allows no stranger", () => {
  fc.assert(
    fc.property(statement, stranger, (written, call) => {
      const parts = partsOf(written);
      fc.pre(!allowsEveryone(parts));
      expect(isAllowed([statementFrom(parts)], call)).toBe(false);
    }),
    { numRuns: runs(3000) },
  );
});

/** A role of the partner that no statement names, and one that is named. */
const unnamed = `arn:aws:iam::${partner}:role/somebody`;

test("a statement that does not reach outside unnamed callers allows neither strangers nor a role without a name", () => {
  const ofPartner = fc
    .record(
      {
        "aws:PrincipalOrgID": fc.constant("o-a1b2c3d4e5"),
        "aws:PrincipalOrgPaths": fc.constant(["o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"]),
        "aws:SourceIp": fc.constant("203.0.113.7"),
        "aws:SourceVpce": fc.constant("vpce-0123456789abcdef0"),
        "aws:SecureTransport": fc.constant("true"),
      },
      { requiredKeys: [] },
    )
    .map((context) => ({
      action: "ecr:PutImage",
      // As its account, which is how a statement for an account matches it.
      principal: { AWS: partner },
      context: { ...context, "aws:PrincipalArn": unnamed, "aws:PrincipalAccount": partner },
    }));
  fc.assert(
    fc.property(statement, fc.oneof(stranger, ofPartner), (written, call) => {
      const parts = partsOf(written);
      fc.pre(!allowsUnnamedOutside(parts, own));
      expect(isAllowed([statementFrom(parts)], call)).toBe(false);
    }),
    { numRuns: runs(3000) },
  );
});

test("the properties are tried on statements of every kind", () => {
  const parts = fc.sample(statement, { numRuns: 1000, seed: 1 }).map(partsOf);
  const count = (holds: (one: (typeof parts)[number]) => boolean) => parts.filter(holds).length;

  expect(count(allowsEveryone)).toBeGreaterThan(100);
  expect(count((one) => !allowsEveryone(one))).toBeGreaterThan(100);
  expect(count((one) => allowsUnnamedOutside(one, own))).toBeGreaterThan(100);
  expect(count((one) => !allowsUnnamedOutside(one, own))).toBeGreaterThan(100);
});
