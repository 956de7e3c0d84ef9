import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../environments/environment-options";
import { loadEnvironments } from "../../../environments/load";
import { computeInputs } from "../../../layers/compute-inputs";
import { minimal, only, type StackJson, synth } from "../../synth";
import { readingsIn, writersOf } from "./remote-states";

type FunctionInput = NonNullable<NonNullable<EnvironmentInput["lambda"]>["functions"]>[string];

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

const environmentWith = (
  functions: Record<string, Partial<FunctionInput>>,
  change: Partial<EnvironmentInput> = {},
) =>
  only({
    ...minimal,
    ecr: { repositories: { app: { enableLambdaPull: true } } },
    security: { secrets: { "db-password": {} } },
    lambda: {
      functions: Object.fromEntries(
        Object.entries(functions).map(([name, options]) => [
          name,
          { image: { repository: "app", digest }, ...options },
        ]),
      ),
    },
    ...change,
  });

const stacksWith = (...given: Parameters<typeof environmentWith>) => synth(environmentWith(...given));

const network = {
  kind: "existing" as const,
  vpcId: "vpc-12345678",
  privateSubnetIds: ["subnet-12345678", "subnet-23456789"],
};

const full: Partial<FunctionInput> = {
  description: "Resizes ${uploads}",
  architecture: "arm64",
  memorySize: 1024,
  timeoutSeconds: 60,
  ephemeralStorage: 2048,
  environment: { LEVEL: "info", TEMPLATE: "%{if x} ${y}" },
  secrets: { DB_ARN: "db-password" },
  entryPoint: ["/init"],
  command: ["app.handler", "${z}"],
  reservedConcurrency: 5,
  tracing: "PassThrough",
  logRetentionDays: 365,
  vpc: true,
};

const output = (name: string) => `\${data.terraform_remote_state.security.outputs.${name}}`;

/** The one resource of a type. */
function resource(json: StackJson | undefined, type: string): StackJson {
  const found = Object.values<StackJson>(json?.["resource"]?.[type] ?? {});
  expect(found).toHaveLength(1);
  return found[0] ?? {};
}

const names = (json: StackJson | undefined, type: string, attribute = "name") =>
  Object.values<StackJson>(json?.["resource"]?.[type] ?? {}).map((each) => each[attribute]);

test("a function without options has secure defaults", () => {
  const json = stacksWith({ resize: {} })["compute-test"];

  expect(resource(json, "aws_lambda_function")).toEqual({
    function_name: "acme-test-resize",
    role: output("lambda_role_arns.resize"),
    package_type: "Image",
    image_uri: expect.stringMatching(
      new RegExp(
        `^\\$\\{aws_ecr_repository\\.repositories_app_repository_\\w+\\.repository_url\\}@${digest}$`,
      ),
    ),
    architectures: ["x86_64"],
    memory_size: 512,
    timeout: 30,
    ephemeral_storage: { size: 512 },
    tracing_config: { mode: "Active" },
    dead_letter_config: {
      target_arn: expect.stringMatching(/^\$\{aws_sqs_queue\.functions_resize_\w+\.arn\}$/),
    },
    depends_on: [
      expect.stringMatching(/^aws_cloudwatch_log_group\.functions_resize_log_group_/),
      expect.stringMatching(/^aws_ecr_repository_policy\.repositories_app_policy_/),
    ],
  });
  expect(resource(json, "aws_cloudwatch_log_group")).toEqual({
    name: "/aws/lambda/acme-test-resize",
    retention_in_days: 30,
    kms_key_id: output("logs_kms_key_arn"),
  });
  expect(resource(json, "aws_sqs_queue")).toEqual({
    name: "acme-test-resize-dead-letters",
    message_retention_seconds: 14 * 24 * 60 * 60,
    sqs_managed_sse_enabled: true,
  });
});

test("a function is as its options say, and texts mean themselves to Terraform", () => {
  const json = stacksWith({ resize: full }, { network })["compute-test"];

  expect(resource(json, "aws_lambda_function")).toMatchObject({
    description: "Resizes $${uploads}",
    architectures: ["arm64"],
    memory_size: 1024,
    timeout: 60,
    ephemeral_storage: { size: 2048 },
    environment: {
      variables: {
        LEVEL: "info",
        TEMPLATE: "%%{if x} $${y}",
        DB_ARN: output('secret_arns["db-password"]'),
      },
    },
    kms_key_arn: output("secrets_kms_key_arn"),
    image_config: { entry_point: ["/init"], command: ["app.handler", "$${z}"] },
    reserved_concurrent_executions: 5,
    tracing_config: { mode: "PassThrough" },
  });
  expect(resource(json, "aws_cloudwatch_log_group")["retention_in_days"]).toBe(365);
});

test("a function in a VPC lets nothing in, and out HTTPS and what stays in the VPC", () => {
  const json = stacksWith({ resize: full, rotate: {} }, { network })["compute-test"];
  const ofNetwork = (name: string) => `\${data.terraform_remote_state.network.outputs.${name}}`;

  const configs = names(json, "aws_lambda_function", "vpc_config");
  const [group] = Object.keys(json?.["resource"].aws_security_group);
  expect(configs).toEqual([
    {
      subnet_ids: ofNetwork("private_subnet_ids"),
      security_group_ids: [`\${aws_security_group.${group}.id}`],
    },
    undefined,
  ]);
  expect(resource(json, "aws_security_group")).toEqual({
    name: "acme-test-resize-lambda",
    description: "Lambda function acme-test-resize",
    vpc_id: ofNetwork("vpc_id"),
  });
  expect(Object.keys(json?.["resource"])).not.toContain("aws_vpc_security_group_ingress_rule");
  const rules = Object.values<StackJson>(json?.["resource"].aws_vpc_security_group_egress_rule);
  expect(
    rules.map((rule) => [rule["cidr_ipv4"], rule["ip_protocol"], rule["from_port"], rule["to_port"]]),
  ).toEqual([
    ["0.0.0.0/0", "tcp", 443, 443],
    [ofNetwork("vpc_cidr_block"), "-1", undefined, undefined],
  ]);
});

test("a function runs what its tag names", () => {
  const json = stacksWith({ resize: { image: { repository: "app", tag: "v1" } } })["compute-test"];

  expect(resource(json, "aws_lambda_function")["image_uri"]).toMatch(/\.repository_url\}:v1$/);
});

test("before the first push everything is there but the function", () => {
  const waiting = { image: { repository: "app", awaitsFirstPush: true }, vpc: true };

  const before = stacksWith({ resize: waiting }, { network });
  const after = stacksWith({ resize: { vpc: true } }, { network });

  const typesIn = (json: StackJson | undefined) => Object.keys(json?.["resource"]).toSorted();
  expect([...typesIn(before["compute-test"]), "aws_lambda_function"].toSorted()).toEqual(
    typesIn(after["compute-test"]),
  );
  expect(before["security-test"]).toEqual(after["security-test"]);
  expect(before["compute-test"]?.["output"].lambda_function_names.value).toEqual({});
});

test("functions are put out by their names in the file, and only where there are functions", () => {
  const json = stacksWith({ resize: {}, rotate: {} })["compute-test"];
  const without = stacksWith({}, { lambda: undefined })["compute-test"];

  expect(Object.keys(json?.["output"].lambda_function_names.value)).toEqual(["resize", "rotate"]);
  expect(json?.["output"].lambda_function_arns.value["resize"]).toMatch(
    /^\$\{aws_lambda_function\.\w+\.arn\}$/,
  );
  expect(Object.keys(without?.["output"]).filter((name) => name.startsWith("lambda"))).toEqual([]);
});

test("each function has a role of its own, for the Lambda service, without a word of ECR", () => {
  const json = stacksWith({ resize: full, rotate: {} }, { network })["security-test"];

  expect(names(json, "aws_iam_role")).toEqual(["acme-test-resize-lambda", "acme-test-rotate-lambda"]);
  expect(Object.keys(json?.["output"].lambda_role_arns.value)).toEqual(["resize", "rotate"]);
  for (const policy of names(json, "aws_iam_role", "assume_role_policy"))
    expect(policy.Statement).toEqual([
      {
        Sid: "Trust",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: ["sts:AssumeRole"],
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

test("a role reads the secrets and uses the key of the same stack", () => {
  const json = stacksWith({ resize: { secrets: { DB_ARN: "db-password", AGAIN: "db-password" } } })[
    "security-test"
  ];

  const statements: StackJson[] = resource(json, "aws_iam_role_policy")["policy"].Statement;
  const resourceOf = (sid: string) => statements.find(({ Sid }) => Sid === sid)?.["Resource"];
  expect(resourceOf("ReadSecrets")).toEqual([
    expect.stringMatching(/^\$\{aws_secretsmanager_secret\.secrets_db-password_\w+\.arn\}$/),
  ]);
  expect(resourceOf("DecryptSecrets")).toMatch(/^\$\{aws_kms_key\.secrets_key_\w+\.arn\}$/);
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

test("compute reads of security what its contract promises, and it is published", () => {
  const definitions = environmentWith({ resize: full, rotate: {} }, { network });
  const stacks = synth(definitions);
  const [environment] = loadEnvironments(definitions);
  const promised = environment && Object.keys(computeInputs(environment).security);

  const readings = readingsIn(stacks).filter((each) => writersOf(each, stacks).includes("security-test"));

  expect(readings.length).toBeGreaterThan(3);
  for (const { output: name } of readings) {
    expect(promised).toContain(name);
    expect(Object.keys(stacks["security-test"]?.["output"])).toContain(name);
  }
});

test("no name of a function collides with another construct of the stack", () => {
  const given = ["aws", "security", "network", "functions", "repositories", "app"];

  const stacks = stacksWith(Object.fromEntries(given.map((name) => [name, {}])));

  expect(names(stacks["compute-test"], "aws_lambda_function", "function_name").toSorted()).toEqual(
    given.map((name) => `acme-test-${name}`).toSorted(),
  );
});
