import fc from "fast-check";
import type { Call } from "../iam-evaluator";

/** A statement as somebody means it, before it is written in one form or another. */
export interface MeantStatement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly notActions: boolean;
  readonly principals: readonly { readonly type: "AWS" | "Service" | "*"; readonly id: string }[];
  readonly notPrincipals: boolean;
  readonly conditions: readonly {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
  }[];
}

const root = "arn:aws:iam::444455556666:root";
const roles = ["arn:aws:iam::444455556666:role/ci/build", "arn:aws:iam::777788889999:role/task"];

const actions = [
  "ecr:*",
  "*",
  "ecr:Batch*",
  "ecr:BatchGetImage",
  "ecr:putimage",
  "ecr:DescribeImage?",
  "ecr:GetDownloadUrlForLayer",
  "ecr:BrandNewAction",
];

const units = ["o-a1b2c3d4e5/r-ab12/*", "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/", "o-bbbbbbbbbb/*"];

/** Comparisons by the keys that they are about, each with values that they can compare. */
const comparisons: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    "aws:PrincipalOrgID",
    ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringLike", "StringLikeIfExists"],
    ["o-a1b2c3d4e5", "o-bbbbbbbbbb", "o-a*"],
  ],
  [
    "aws:PrincipalOrgPaths",
    ["ForAnyValue:StringLike", "ForAllValues:StringLike", "ForAllValues:StringNotLikeIfExists"],
    units,
  ],
  ["aws:PrincipalArn", ["ArnLike", "ArnNotEquals", "ArnEqualsIfExists"], [...roles, "arn:aws:iam::*:role/*"]],
  ["aws:SourceIp", ["IpAddress", "NotIpAddress", "IpAddressIfExists"], ["203.0.113.0/24", "2001:db8::/32"]],
  ["aws:MultiFactorAuthAge", ["NumericLessThan", "NumericGreaterThanEqualsIfExists"], ["3600", "10"]],
  ["aws:CurrentTime", ["DateGreaterThan"], ["2030-01-01T00:00:00Z"]],
  ["aws:SecureTransport", ["Bool", "BoolIfExists"], ["true", "false"]],
  ["aws:PrincipalTag/__proto__", ["StringEquals", "StringNotLikeIfExists"], ["web", "constructor", ""]],
  ["aws:PrincipalOrgID", ["Null"], ["true", "false"]],
];

const condition = fc.constantFrom(...comparisons).chain(([key, operators, values]) =>
  fc.record({
    key: fc.constantFrom(
      key,
      key.replace(/^aws:[^/]*/, (name) => name.toLowerCase()),
    ),
    operator: fc.constantFrom(...operators),
    // Both truth values at once are refused.
    values: fc.uniqueArray(fc.constantFrom(...values), {
      minLength: 1,
      maxLength: key === "aws:SecureTransport" ? 1 : 3,
    }),
  }),
);

const principals = fc.oneof(
  fc.constant([{ type: "*" as const, id: "*" }]),
  fc.uniqueArray(
    fc.constantFrom(
      ...["*", "444455556666", root, ...roles].map((id) => ({ type: "AWS" as const, id })),
      ...["lambda.amazonaws.com", "codebuild.amazonaws.com"].map((id) => ({ type: "Service" as const, id })),
    ),
    { minLength: 1, maxLength: 4 },
  ),
);

const named = fc.uniqueArray(fc.constantFrom(...roles.map((id) => ({ type: "AWS" as const, id }))), {
  minLength: 1,
});

/** Statements that AWS accepts. */
export const anyStatement: fc.Arbitrary<MeantStatement> = fc
  .record({
    sid: fc.option(fc.constantFrom("Pull", "new policy", ""), { nil: undefined }),
    effect: fc.constantFrom("Allow" as const, "Deny" as const),
    actions: fc.uniqueArray(fc.constantFrom(...actions), { minLength: 1, maxLength: 3 }),
    notActions: fc.boolean(),
    principals,
    notPrincipals: fc.boolean(),
    named,
    conditions: fc.uniqueArray(condition, {
      maxLength: 4,
      selector: ({ operator, key }) => `${operator} ${key.toLowerCase()}`,
    }),
  })
  .map(({ named: excluded, ...statement }) => {
    const notPrincipals = statement.notPrincipals && statement.effect === "Deny";
    return { ...statement, notPrincipals, ...(notPrincipals && { principals: excluded }) };
  });

/** Calls of everybody that the statements may speak of. */
export const anyCall: fc.Arbitrary<Call> = fc.record({
  action: fc.constantFrom("ecr:BatchGetImage", "ecr:PutImage", "ecr:DescribeImages", "ecr:DeleteRepository"),
  principal: fc.constantFrom<Record<string, string>>(
    { AWS: "444455556666" },
    { AWS: root },
    ...roles.map((AWS) => ({ AWS })),
    { Service: "lambda.amazonaws.com" },
    { Service: "codebuild.amazonaws.com" },
  ),
  context: fc.record(
    {
      "aws:PrincipalOrgID": fc.constantFrom("o-a1b2c3d4e5", "o-bbbbbbbbbb", "O-A1B2C3D4E5"),
      "aws:PrincipalOrgPaths": fc.subarray(
        ["o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/", "o-bbbbbbbbbb/r-cd34/", "o-cccccccccc/r-ef56/"],
        { minLength: 1 },
      ),
      "aws:PrincipalArn": fc.constantFrom(...roles),
      "aws:SourceIp": fc.constantFrom("203.0.113.7", "198.51.100.1", "2001:db8::1"),
      "aws:MultiFactorAuthAge": fc.constantFrom("5", "100", "7200"),
      "aws:CurrentTime": fc.constantFrom("2029-06-01T00:00:00Z", "2031-06-01T00:00:00Z"),
      "aws:SecureTransport": fc.constantFrom("true", "false"),
      "aws:PrincipalTag/__proto__": fc.constantFrom("web", "api", ""),
    },
    { requiredKeys: [] },
  ),
});
