import { expect, test } from "vitest";
import {
  pullFromAccounts,
  pullFromLambda,
  pullFromLambdaOfAccounts,
  repositoryPolicy,
} from "../../../../../modules/ecr/access/repository-policy";
import { readStatementOptions } from "../../../../../modules/ecr/access/statement-options";
import { statementFrom } from "../../../../../modules/iam/statement-parts";
import { isAllowed } from "../../../../support/iam-evaluator";

const statementOf = (options: object) => statementFrom(readStatementOptions(options));

const pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

const input = {
  sid: "PullFromBuildRole",
  effect: "Allow",
  actions: ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
  principals: [{ type: "AWS", identifiers: ["arn:aws:iam::444455556666:role/build", "111122223333"] }],
  conditions: [],
} as const;

test("other accounts may pull and nothing else", () => {
  const statement = pullFromAccounts("aws", ["444455556666", "123456789012"]);

  expect(statement).toEqual({
    Sid: "PullFromAccounts",
    Effect: "Allow",
    Principal: { AWS: ["arn:aws:iam::123456789012:root", "arn:aws:iam::444455556666:root"] },
    Action: pull,
  });
});

test("other accounts are named in the partition of the repository", () => {
  const statement = pullFromAccounts("aws-cn", ["444455556666"]);

  expect(statement.Principal).toEqual({ AWS: ["arn:aws-cn:iam::444455556666:root"] });
});

test("Lambda may pull for functions of the account and Region, with the statement that it would add itself", () => {
  const statement = pullFromLambda("aws", "eu-west-1", "111122223333");

  expect(statement).toEqual({
    Sid: "LambdaECRImageRetrievalPolicy",
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: pull,
    Condition: { ArnLike: { "aws:sourceArn": ["arn:aws:lambda:eu-west-1:111122223333:function:*"] } },
  });
  const pulls = (sourceArn: string) =>
    isAllowed([statement], {
      action: "ecr:BatchGetImage",
      principal: { Service: "lambda.amazonaws.com" },
      context: { "aws:SourceArn": sourceArn },
    });
  expect(pulls("arn:aws:lambda:eu-west-1:111122223333:function:acme-test-web")).toBe(true);
  expect(pulls("arn:aws:lambda:us-east-1:111122223333:function:acme-test-web")).toBe(false);
  expect(pulls("arn:aws:lambda:eu-west-1:999988887777:function:acme-test-web")).toBe(false);
  expect(
    isAllowed([statement], { action: "ecr:BatchGetImage", principal: { Service: "lambda.amazonaws.com" } }),
  ).toBe(false);
});

test("Lambda may pull for functions of other accounts in the Region and for no others", () => {
  const statement = pullFromLambdaOfAccounts("aws", "eu-west-1", ["444455556666", "123456789012"]);

  expect(statement).toEqual({
    Sid: "LambdaECRImageCrossAccountRetrievalPolicy",
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: pull,
    Condition: {
      ArnLike: {
        "aws:sourceArn": [
          "arn:aws:lambda:eu-west-1:123456789012:function:*",
          "arn:aws:lambda:eu-west-1:444455556666:function:*",
        ],
      },
    },
  });
});

test("a statement of a file becomes IAM's, with sorted lists and no empty condition", () => {
  const statement = statementOf(input);

  expect(statement).toEqual({
    Sid: "PullFromBuildRole",
    Effect: "Allow",
    Principal: { AWS: ["111122223333", "arn:aws:iam::444455556666:role/build"] },
    Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  });
});

test("a statement keeps principals of different types separate", () => {
  const statement = statementOf({
    ...input,
    principals: [
      { type: "AWS", identifiers: ["111122223333"] },
      { type: "Service", identifiers: ["codebuild.amazonaws.com"] },
    ],
  });

  expect(statement.Principal).toEqual({ AWS: ["111122223333"], Service: ["codebuild.amazonaws.com"] });
});

test("a statement merges principals of one type, each once", () => {
  const statement = statementOf({
    ...input,
    principals: [
      { type: "AWS", identifiers: ["444455556666", "111122223333"] },
      { type: "AWS", identifiers: ["111122223333", "123456789012"] },
    ],
  });

  expect(statement.Principal).toEqual({ AWS: ["111122223333", "123456789012", "444455556666"] });
});

test("a statement for everyone has no principal type", () => {
  const statement = statementOf({ ...input, principals: [{ type: "*", identifiers: ["*"] }] });

  expect(statement.Principal).toBe("*");
});

test("a statement contains every condition, by test and by variable", () => {
  const statement = statementOf({
    ...input,
    conditions: [
      { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] },
      { test: "StringEquals", variable: "aws:PrincipalTag/team", values: ["web", "api"] },
      { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
    ],
  });

  expect(statement.Condition).toEqual({
    StringEquals: { "aws:PrincipalOrgID": ["o-1"], "aws:PrincipalTag/team": ["api", "web"] },
    Bool: { "aws:SecureTransport": ["true"] },
  });
});

test("a policy has its statements sorted by Sid, in whatever order they were given", () => {
  const statements = [
    pullFromAccounts("aws", ["444455556666"]),
    pullFromLambda("aws", "eu-west-1", "111122223333"),
    statementOf(input),
  ];

  const text = repositoryPolicy(statements);

  expect(repositoryPolicy(statements.toReversed())).toBe(text);
  expect(JSON.parse(text)).toEqual({
    Version: "2012-10-17",
    Statement: [
      expect.objectContaining({ Sid: "LambdaECRImageRetrievalPolicy" }),
      expect.objectContaining({ Sid: "PullFromAccounts" }),
      expect.objectContaining({ Sid: "PullFromBuildRole" }),
    ],
  });
});
