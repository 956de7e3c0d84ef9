import { expect, test } from "vitest";
import { statePermission } from "../../../../modules/ci/state-permission";
import { isAllowed } from "../../../support/iam-evaluator";

const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1";
const states = {
  partition: "aws",
  bucket: "acme-tfstate",
  region: "eu-west-1",
  keys: ["a/terraform.tfstate"],
  kmsKeyArn,
};
const object = (key: string) => `arn:aws:s3:::acme-tfstate/${key}`;
const actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];

test.each([
  ["read", "a/terraform.tfstate", ["s3:GetObject"]],
  ["read", "a/terraform.tfstate.tflock", []],
  ["write", "a/terraform.tfstate", ["s3:GetObject", "s3:PutObject"]],
  ["write", "a/terraform.tfstate.tflock", actions],
  ["write", "b/terraform.tfstate.tflock", []],
] as const)("to %s a state allows these actions on %s: %j", (access, key, allowed) => {
  const statements = statePermission(states, access);

  expect(actions.filter((action) => isAllowed(statements, { action, resource: object(key) }))).toEqual(
    allowed,
  );
});

test.each([
  ["read", ["kms:Decrypt"]],
  ["write", ["kms:Decrypt", "kms:GenerateDataKey"]],
] as const)("to %s states that a KMS key encrypts allows %j, through S3 only", (access, allowed) => {
  const statements = statePermission(states, access);
  const may = (via: string) =>
    ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"].filter((action) =>
      isAllowed(statements, { action, resource: kmsKeyArn, context: { "kms:ViaService": via } }),
    );

  expect(may("s3.eu-west-1.amazonaws.com")).toEqual(allowed);
  expect(may("s3.us-east-1.amazonaws.com")).toEqual([]);
  expect(may("secretsmanager.eu-west-1.amazonaws.com")).toEqual([]);
});
