import { expect, test } from "vitest";
import { isAllowed } from "../../../support/iam-evaluator";
import { full, names, network, resource, stacksWith } from "../../../support/layers/lambda-environment";
import type { StackJson } from "../../../support/synth";

test("each function has a role of its own, for the Lambda service, without a word of ECR", () => {
  const json = stacksWith({ resize: full, rotate: {} }, { network })["security-test"];

  expect(names(json, "aws_iam_role")).toEqual(["acme-test-lambda-resize", "acme-test-lambda-rotate"]);
  expect(Object.keys(json?.["output"].lambda_role_arns.value)).toEqual(["resize", "rotate"]);
  for (const policy of names(json, "aws_iam_role", "assume_role_policy"))
    expect(policy.Statement).toEqual([
      {
        Sid: "Trust",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  const sids = names(json, "aws_iam_role_policy", "policy").map(({ Statement }) =>
    Statement.map(({ Sid }: { Sid: string }) => Sid),
  );
  expect(sids).toEqual([
    [
      "WriteLogs",
      "SendDeadLetters",
      "DecryptVariables",
      "ReadSecrets",
      "DecryptSecrets",
      "ManageNetworkInterfaces",
      "NoNetworkInterfacesForCode",
    ],
    ["WriteLogs", "SendTraces", "SendDeadLetters"],
  ]);
  expect(JSON.stringify(names(json, "aws_iam_role_policy", "policy"))).not.toContain("ecr:");
});

test("Lambda takes on a role for functions of the account and no other", () => {
  const { Statement } = resource(stacksWith({ resize: full }, { network })["security-test"], "aws_iam_role")[
    "assume_role_policy"
  ];
  const trusted = (context: Readonly<Record<string, string>>, Service = "lambda.amazonaws.com") =>
    isAllowed(Statement, { action: "sts:AssumeRole", principal: { Service }, context });

  expect(trusted({ "aws:SourceAccount": "111122223333" })).toBe(true);
  expect(trusted({ "aws:SourceAccount": "999988887777" })).toBe(false);
  expect(trusted({})).toBe(false);
  expect(trusted({ "aws:SourceAccount": "111122223333" }, "ec2.amazonaws.com")).toBe(false);
});

test("a role reads the secrets and uses the key of the same stack", () => {
  const json = stacksWith({ resize: { secrets: { DB_ARN: "db-password", AGAIN: "db-password" } } })[
    "security-test"
  ];

  const statements: StackJson[] = resource(json, "aws_iam_role_policy")["policy"].Statement;
  const resourceOf = (sid: string) => statements.find(({ Sid }) => Sid === sid)?.["Resource"];
  expect(resourceOf("ReadSecrets")).toEqual(["${aws_secretsmanager_secret.db-password.arn}"]);
  expect(resourceOf("DecryptSecrets")).toBe("${aws_kms_key.secrets.arn}");
});

test("the key for logs covers the log groups of functions where there are functions", () => {
  const prefixes = (json: StackJson | undefined): string[] =>
    Object.values<StackJson>(json?.["resource"].aws_kms_key)
      .flatMap(({ policy }) => policy.Statement)
      .find(({ Sid }) => Sid === "UseByLogGroups").Condition.ArnLike["kms:EncryptionContext:aws:logs:arn"];

  const ofFunctions = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/acme-test-*";
  expect(prefixes(stacksWith({ resize: {} })["security-test"])).toContain(ofFunctions);
  expect(prefixes(stacksWith({}, { lambda: undefined })["security-test"])).not.toContain(ofFunctions);
});
