import { expect, test } from "vitest";
import { stateReads } from "../../../../scripts/runner/state-reads";
import {
  digest,
  environmentWith,
  full,
  names,
  network,
  resource,
  stacksWith,
} from "../../../support/layers/lambda-environment";
import { type StackJson, synth } from "../../../support/synth";

const output = (name: string) => `\${data.terraform_remote_state.security.outputs.${name}}`;

test("a function without options has secure defaults", () => {
  const json = stacksWith({ resize: {} })["compute-test"];

  expect(resource(json, "aws_lambda_function")).toEqual({
    function_name: "acme-test-resize",
    role: output("lambda_role_arns.resize"),
    package_type: "Image",
    image_uri: expect.stringMatching(
      new RegExp(`^\\$\\{aws_ecr_repository\\.app\\.repository_url\\}@${digest}$`),
    ),
    architectures: ["x86_64"],
    memory_size: 512,
    timeout: 30,
    ephemeral_storage: { size: 512 },
    tracing_config: { mode: "Active" },
    dead_letter_config: {
      target_arn: "${aws_sqs_queue.functions_resize_dead_letters.arn}",
    },
    depends_on: ["aws_cloudwatch_log_group.functions_resize", "aws_ecr_repository_policy.app"],
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
        DB_ARN: output("secret_arns.db-password"),
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

test("compute reads roles, keys and secrets of the security layer, which publishes them", () => {
  const stacks = synth(environmentWith({ resize: full, rotate: {} }, { network }));

  const [read] = stateReads(stacks).filter(
    ({ reader, writer }) => reader === "compute-test" && writer === "security-test",
  );

  expect(read?.outputs.length).toBeGreaterThan(3);
  expect(Object.keys(stacks["security-test"]?.["output"])).toEqual(
    expect.arrayContaining([...(read?.outputs ?? [])]),
  );
});

test("no name of a function collides with another construct of the stack", () => {
  const given = ["aws", "security", "network", "functions", "repositories", "app"];

  const stacks = stacksWith(Object.fromEntries(given.map((name) => [name, {}])));

  expect(names(stacks["compute-test"], "aws_lambda_function", "function_name").toSorted()).toEqual(
    given.map((name) => `acme-test-${name}`).toSorted(),
  );
});

test("with an alias, each change publishes a version, which the alias names", () => {
  const stacks = stacksWith({ resize: { alias: "live" }, rotate: {} });
  const json = stacks["compute-test"];

  expect(json?.["resource"].aws_lambda_function.resize).toMatchObject({ publish: true });
  expect(json?.["resource"].aws_lambda_function.rotate).not.toHaveProperty("publish");
  expect(resource(json, "aws_lambda_alias")).toEqual({
    name: "live",
    function_name: "acme-test-resize",
    function_version: "${aws_lambda_function.resize.version}",
  });
  expect(json?.["output"].lambda_alias_arns.value).toEqual({
    resize: "${aws_lambda_alias.resize.arn}",
  });
  expect(stacksWith({ resize: {} })["compute-test"]?.["output"]).not.toHaveProperty("lambda_alias_arns");
});

test("what a pipeline deploys stays: Terraform ignores the image, and the versions of the alias", () => {
  const image = { repository: "app", digest, managedBy: "pipeline" as const };
  const json = stacksWith({ resize: { image, alias: "live" } })["compute-test"];

  expect(resource(json, "aws_lambda_function")["lifecycle"]).toEqual({ ignore_changes: ["image_uri"] });
  expect(resource(json, "aws_lambda_alias")["lifecycle"]).toEqual({
    ignore_changes: ["function_version", "routing_config"],
  });
});

test("before the first push there is no alias either", () => {
  const image = { repository: "app", awaitsFirstPush: true };
  const json = stacksWith({ resize: { image, alias: "live" } })["compute-test"];

  expect(names(json, "aws_lambda_alias")).toEqual([]);
  expect(json?.["output"].lambda_alias_arns.value).toEqual({});
});
