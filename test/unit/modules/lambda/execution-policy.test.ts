import { expect, test } from "vitest";
import { executionStatements, type FunctionUse } from "../../../../modules/lambda/execution-policy";
import { type Call, isAllowed } from "../../../support/iam-evaluator";

const account = "111122223333";
const keyArn = `arn:aws:kms:eu-west-1:${account}:key/1234abcd`;
const secretArn = (name: string) =>
  `arn:aws:secretsmanager:eu-west-1:${account}:secret:acme-test/${name}-a1b2c3`;
const functionArn = (name: string) => `arn:aws:lambda:eu-west-1:${account}:function:${name}`;

const bare: FunctionUse = {
  partition: "aws",
  accountId: account,
  region: "eu-west-1",
  functionName: "acme-test-image",
  traces: false,
  deadLetter: false,
  inVpc: false,
  hasVariables: false,
  secretsKeyArn: keyArn,
  secretArns: [],
};

const full: FunctionUse = {
  ...bare,
  traces: true,
  deadLetter: true,
  inVpc: true,
  hasVariables: true,
  secretArns: [secretArn("db")],
};

const may = (use: FunctionUse, action: string, resource: string, context: Call["context"] = {}) =>
  isAllowed(executionStatements(use), { action, resource, context });

const stream = (group: string) =>
  `arn:aws:logs:eu-west-1:${account}:log-group:${group}:log-stream:2026/06/30/x`;
const queue = (name: string) => `arn:aws:sqs:eu-west-1:${account}:${name}`;

test("a function that does nothing else may only write its own logs", () => {
  expect(executionStatements(bare).map(({ Sid }) => Sid)).toEqual(["WriteLogs"]);
  expect(may(bare, "logs:PutLogEvents", stream("/aws/lambda/acme-test-image"))).toBe(true);
  expect(may(bare, "logs:PutLogEvents", stream("/aws/lambda/acme-test-image-2"))).toBe(false);
  expect(may(bare, "logs:PutLogEvents", stream("/aws/lambda/acme-prod-image"))).toBe(false);
  expect(may(bare, "logs:CreateLogGroup", stream("/aws/lambda/acme-test-image"))).toBe(false);
});

test.each([
  "ecr:BatchGetImage",
  "ecr:GetAuthorizationToken",
  "iam:PassRole",
  "kms:CreateGrant",
  "lambda:InvokeFunction",
  "logs:DeleteLogGroup",
  "s3:GetObject",
  "secretsmanager:PutSecretValue",
  "sqs:ReceiveMessage",
])("no function may %s", (action) => {
  for (const resource of ["*", keyArn, secretArn("db"), queue("acme-test-image-dead-letters")])
    expect(may(full, action, resource)).toBe(false);
});

test("a function sends to its own dead-letter queue only", () => {
  expect(may(full, "sqs:SendMessage", queue("acme-test-image-dead-letters"))).toBe(true);
  expect(may(full, "sqs:SendMessage", queue("acme-test-other-dead-letters"))).toBe(false);
  expect(may(bare, "sqs:SendMessage", queue("acme-test-image-dead-letters"))).toBe(false);
});

test("a function sends traces when tracing is on", () => {
  expect(may(full, "xray:PutTraceSegments", "*")).toBe(true);
  expect(may(bare, "xray:PutTraceSegments", "*")).toBe(false);
});

test("a function decrypts its own variables only", () => {
  const context = (name: string) => ({ "kms:EncryptionContext:aws:lambda:FunctionArn": functionArn(name) });

  expect(may(full, "kms:Decrypt", keyArn, context("acme-test-image"))).toBe(true);
  expect(may(full, "kms:Decrypt", keyArn, context("acme-test-other"))).toBe(false);
  expect(may(full, "kms:Decrypt", keyArn)).toBe(false);
  expect(may(bare, "kms:Decrypt", keyArn, context("acme-test-image"))).toBe(false);
});

test("a function reads the secrets that it names, through Secrets Manager", () => {
  const through = (service: string, name: string) => ({
    "kms:ViaService": `${service}.eu-west-1.amazonaws.com`,
    "kms:EncryptionContext:SecretARN": secretArn(name),
  });

  expect(may(full, "secretsmanager:GetSecretValue", secretArn("db"))).toBe(true);
  expect(may(full, "secretsmanager:GetSecretValue", secretArn("other"))).toBe(false);
  expect(may(full, "kms:Decrypt", keyArn, through("secretsmanager", "db"))).toBe(true);
  expect(may(full, "kms:Decrypt", keyArn, through("secretsmanager", "other"))).toBe(false);
  expect(may(full, "kms:Decrypt", keyArn, through("s3", "db"))).toBe(false);
  expect(may(bare, "secretsmanager:GetSecretValue", secretArn("db"))).toBe(false);
});

test("Lambda may create network interfaces for a function in a VPC, and the function's code may not", () => {
  const byCode = { "lambda:SourceFunctionArn": functionArn("acme-test-image") };

  for (const action of ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeSubnets"]) {
    expect(may(full, action, "*")).toBe(true);
    expect(may(full, action, "*", byCode)).toBe(false);
    expect(may(bare, action, "*")).toBe(false);
  }
});

test("ARNs are those of the function's partition", () => {
  const use = { ...full, partition: "aws-cn", region: "cn-north-1" };

  const arns = JSON.stringify(executionStatements(use)).match(/"arn:aws[^"]*:(?:logs|sqs|lambda):[^"]*"/g);

  expect(arns?.every((arn) => /^"arn:aws-cn:\w+:cn-north-1:/.test(arn))).toBe(true);
  expect(JSON.stringify(executionStatements(use))).toContain('"secretsmanager.cn-north-1.amazonaws.com"');
});

test("the variables of a version can be decrypted, whichever ARN Lambda names, and those of no other function", () => {
  const context = (arn: string) => ({ "kms:EncryptionContext:aws:lambda:FunctionArn": arn });
  const decrypts = (use: FunctionUse, arn: string) => may(use, "kms:Decrypt", keyArn, context(arn));
  const own = functionArn("acme-test-image");
  const versions = { ...full, hasVersions: true };

  expect([own, `${own}:7`, `${own}-2`, `${own}-2:7`].map((arn) => decrypts(versions, arn))).toEqual([
    ...[true, true, false, false],
  ]);
  expect([own, `${own}:7`].map((arn) => decrypts(full, arn))).toEqual([true, false]);
});
