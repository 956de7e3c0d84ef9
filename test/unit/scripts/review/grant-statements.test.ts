import { expect, test } from "vitest";
import { findingsIn } from "../../../../scripts/review/gates/findings";
import { oneChange, reviewed } from "../../../support/review/one-change";

const permission = (values: object) =>
  oneChange("aws_lambda_permission.a", null, {
    ...{ action: "lambda:InvokeFunction", function_name: "acme-dev-thumbnails", ...values },
  });
const grant = (before: object | null, after: object | null, replaced = false) => {
  const values = (given: object | null) =>
    given === null
      ? null
      : {
          ...{ grantee_principal: "arn:aws:iam::123456789012:role/reader", key_id: "1234abcd" },
          ...{ operations: ["Decrypt"], ...given },
        };
  return oneChange("aws_kms_grant.images", values(before), values(after), replaced);
};
const unknown = (change: ReturnType<typeof oneChange>, after_unknown: object) => ({
  ...change,
  change: { ...change.change, after_unknown },
});

/** What the gates find, without the name of the resource. */
const found = (change: ReturnType<typeof oneChange>): string[] =>
  findingsIn(reviewed([change]))
    .filter(({ gate }) => gate !== "destruction")
    .map(({ gate, sentence }) => `${gate}: ${sentence.replace(/^.*?(?:\): |: )/, "")}`);

test.each<[string, ReturnType<typeof oneChange>, readonly string[]]>([
  [
    "a service that anybody may use",
    permission({ principal: "s3.amazonaws.com" }),
    ["permission: s3.amazonaws.com gains lambda:InvokeFunction on acme-dev-thumbnails"],
  ],
  [
    "a service for one resource of an account, on an alias",
    permission({
      ...{ principal: "s3.amazonaws.com", source_arn: "arn:aws:s3:::images", qualifier: "live" },
      source_account: "123456789012",
    }),
    [
      "permission: s3.amazonaws.com gains lambda:InvokeFunction on acme-dev-thumbnails:live, if ArnLike aws:SourceArn = arn:aws:s3:::images and StringEquals aws:SourceAccount = 123456789012",
    ],
  ],
  [
    "a resource whose ARN is known only after the apply",
    unknown(permission({ principal: "events.amazonaws.com" }), { source_arn: true }),
    [
      "permission: events.amazonaws.com gains lambda:InvokeFunction on acme-dev-thumbnails, if ArnLike aws:SourceArn = (known after apply)",
    ],
  ],
  [
    "a function URL that asks for a signature",
    permission({ principal: "*", action: "lambda:InvokeFunctionUrl", function_url_auth_type: "AWS_IAM" }),
    [
      "outside-access: everyone gains lambda:InvokeFunctionUrl on acme-dev-thumbnails, if StringEquals lambda:FunctionUrlAuthType = AWS_IAM",
    ],
  ],
  [
    "a function URL whose type is known only after the apply",
    unknown(permission({ principal: "*", action: "lambda:InvokeFunctionUrl" }), {
      function_url_auth_type: true,
    }),
    ["public-access: everyone gains lambda:InvokeFunctionUrl on acme-dev-thumbnails"],
  ],
  [
    "an action that is known only after the apply",
    unknown(permission({ principal: "*" }), { action: true }),
    ["unreadable-policy: its access cannot be judged, because the policy is known only after the apply"],
  ],
  [
    "a grant with an exact encryption context",
    grant(null, { constraints: [{ encryption_context_equals: { team: "a" } }] }),
    [
      "permission: arn:aws:iam::123456789012:role/reader gains kms:Decrypt on 1234abcd, if ForAllValues:StringEquals kms:EncryptionContextKeys = team and StringEquals kms:EncryptionContext:team = a",
    ],
  ],
  [
    "a grant whose constraints are known only after the apply",
    unknown(grant(null, {}), { constraints: [{ encryption_context_subset: true }] }),
    [
      "permission: arn:aws:iam::123456789012:role/reader gains kms:Decrypt on 1234abcd, if StringEquals kms:EncryptionContext = (known after apply)",
    ],
  ],
  [
    "a grant to somebody who is sensitive",
    grant({}, { grantee_principal: "(sensitive value 1)" }, true),
    ["unreadable-policy: its access cannot be judged, because the policy is sensitive"],
  ],
  [
    "a grant to the same sensitive principal",
    grant(
      { grantee_principal: "(sensitive value 1)", constraints: [] },
      { grantee_principal: "(sensitive value 1)" },
      true,
    ),
    [],
  ],
  ["a grant that is replaced and allows the same", grant({ name: "a" }, { name: "b" }, true), []],
])("%s", (_, change, sentences) => {
  expect(found(change)).toEqual(sentences);
});
