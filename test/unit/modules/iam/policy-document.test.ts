import { expect, test } from "vitest";
import { forTerraform, policyDocument, type Statement } from "../../../../modules/iam/policy-document";

const statement = (Sid: string): Statement => ({
  Sid,
  Effect: "Allow",
  Principal: "*",
  Action: ["s3:GetObject"],
  Resource: "*",
});

test("a policy has the version of IAM's language and its statements in their order", () => {
  const text = policyDocument([statement("Second"), statement("First")]);

  expect(text).toMatchInlineSnapshot(
    `"{"Version":"2012-10-17","Statement":[{"Sid":"Second","Effect":"Allow","Principal":"*","Action":["s3:GetObject"],"Resource":"*"},{"Sid":"First","Effect":"Allow","Principal":"*","Action":["s3:GetObject"],"Resource":"*"}]}"`,
  );
});

test("a policy leaves out optional keys that a statement does not have", () => {
  const text = policyDocument([{ Sid: "Pull", Effect: "Deny", Action: ["ecr:BatchGetImage"] }]);

  expect(text).toMatchInlineSnapshot(
    `"{"Version":"2012-10-17","Statement":[{"Sid":"Pull","Effect":"Deny","Action":["ecr:BatchGetImage"]}]}"`,
  );
});

test.each([
  ["${aws:PrincipalTag/team}", "$${aws:PrincipalTag/team}"],
  ["100%{x}", "100%%{x}"],
  ["${TfToken[TOKEN.7]}", "${TfToken[TOKEN.7]}"],
  ["$5 {a}", "$5 {a}"],
])("%s is %s for Terraform", (policy, argument) => {
  expect(forTerraform(policy)).toBe(argument);
});
