import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { warningsOf } from "../../../../environments/warnings/warnings";
import type { Statement } from "../../../../modules/iam/policy-document";
import { breaking, type Resource, resources } from "../../../support/all-stacks";
import { scannerEntries } from "../../../support/docs/scanner-rules";
import { messageOf } from "../../../support/environments/load-message";
import { withRepository } from "../../../support/environments/one-repository";

const entries = scannerEntries();

test("each rule stands on the page once, by its whole id, as met or set aside", () => {
  const ids = entries.flatMap((entry) => entry.ids);

  expect(ids.length).toBeGreaterThan(100);
  expect(ids.filter((id) => !/^(CKV2?_AWS_\d+|CKV_K8S_\d+|AWS-\d{4})$/.test(id))).toEqual([]);
  expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
  expect(
    entries.filter(({ status }) => !/\b(Met|met|Excepted|excepted)\b|^There are no/.test(status)),
  ).toEqual([]);
});

const statements = (policy: { Statement: Statement[] }): Statement[] => policy.Statement;

const allowing = (policy: { Statement: Statement[] }): Statement[] =>
  statements(policy).filter(({ Effect }) => Effect === "Allow");

const isForAll = ({ Principal, Condition }: Statement): boolean =>
  (Principal === "*" || JSON.stringify(Principal ?? {}).includes('"*"')) && Condition === undefined;

const refersToSecurity = (value: unknown): boolean =>
  /^\$\{data\.terraform_remote_state\.security\.outputs\.\w+_kms_key_arn\}$|^\$\{aws_kms_key\./.test(
    String(value),
  );

const everyBucketHas = (type: string): boolean =>
  resources(type).length === resources("aws_s3_bucket").length;

const held: readonly [string, readonly string[], (resource: Resource["arguments"]) => boolean][] = [
  ["CKV_AWS_32", ["aws_ecr_repository_policy"], ({ policy }) => !allowing(policy).some(isForAll)],
  ["CKV_AWS_163", ["aws_ecr_repository"], (of) => of["image_scanning_configuration"].scan_on_push],
  [
    "CKV_AWS_7",
    ["aws_kms_key"],
    (of) => of["enable_key_rotation"] === true && of["rotation_period_in_days"] <= 365,
  ],
  ["CKV_AWS_33", ["aws_kms_key"], ({ policy }) => !JSON.stringify(policy).includes('"Principal":"*"')],
  ["CKV_AWS_227", ["aws_kms_key"], (of) => of["is_enabled"] !== false],
  ["CKV2_AWS_64", ["aws_kms_key"], ({ policy }) => statements(policy).length > 0],
  [
    "CKV_AWS_149",
    ["aws_secretsmanager_secret"],
    ({ name, kms_key_id }) => name.startsWith("ecr-pullthroughcache/") || refersToSecurity(kms_key_id),
  ],
  ["CKV_AWS_66", ["aws_cloudwatch_log_group"], (of) => of["retention_in_days"] > 0],
  ["CKV_AWS_158", ["aws_cloudwatch_log_group"], (of) => refersToSecurity(of["kms_key_id"])],
  ["CKV_AWS_26", ["aws_sns_topic"], (of) => refersToSecurity(of["kms_master_key_id"])],
  ["CKV_AWS_169", ["aws_sns_topic_policy"], ({ policy }) => !allowing(policy).some(isForAll)],
  ["CKV_AWS_27", ["aws_sqs_queue"], (of) => of["sqs_managed_sse_enabled"]],
  ["CKV_AWS_130", ["aws_subnet"], (of) => of["map_public_ip_on_launch"] !== true],
  [
    "CKV_AWS_23",
    ["aws_security_group", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"],
    (of) => of["description"]?.length > 0,
  ],
  ["CKV_AWS_333", ["aws_ecs_service"], (of) => of["network_configuration"].assign_public_ip === false],
  ["CKV_AWS_332", ["aws_ecs_service"], (of) => of["platform_version"] === "LATEST"],
  ["CKV_AWS_249", ["aws_ecs_task_definition"], (of) => of["execution_role_arn"] !== of["task_role_arn"]],
  [
    "CKV_AWS_336",
    ["aws_ecs_task_definition"],
    (of) => of["container_definitions"].includes('"readonlyRootFilesystem":true'),
  ],
  ["CKV_AWS_65", ["aws_ecs_cluster"], (of) => of["setting"][0].value === "enabled"],
  ["CKV_AWS_131", ["aws_lb"], (of) => of["drop_invalid_header_fields"]],
  ["CKV_AWS_150", ["aws_lb"], (of) => of["enable_deletion_protection"]],
  ["CKV_AWS_50", ["aws_lambda_function"], (of) => of["tracing_config"].mode === "Active"],
  ["CKV_AWS_116", ["aws_lambda_function"], (of) => of["dead_letter_config"].target_arn.length > 0],
  ["CKV_AWS_173", ["aws_lambda_function"], (of) => refersToSecurity(of["kms_key_arn"])],
  ["CKV_AWS_21", ["aws_s3_bucket_versioning"], (of) => of["versioning_configuration"].status === "Enabled"],
  [
    "CKV_AWS_53",
    ["aws_s3_bucket_public_access_block"],
    (of) =>
      ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].every(
        (way) => of[way] === true,
      ),
  ],
  ["CKV_AWS_70", ["aws_s3_bucket_policy"], ({ policy }) => allowing(policy).length === 0],
];

test.each(held)("%s is met by every %s, as the page says", (id, types, holds) => {
  const found = resources(...types);

  expect(entries.find(({ ids }) => ids.includes(id))?.status).toMatch(/^Met/);
  expect(found).not.toEqual([]);
  expect(breaking(found, (resource) => holds(resource.arguments))).toEqual([]);
});

test("a state bucket has all that protects it", () => {
  expect(
    ["versioning", "server_side_encryption_configuration", "public_access_block", "policy"].filter(
      (part) => !everyBucketHas(`aws_s3_bucket_${part}`),
    ),
  ).toEqual([]);
});

test("production refuses a statement for everyone, and synth warns of it elsewhere, as the page says", () => {
  const statement = { actions: ["ecr:*"], principals: [{ type: "*" as const, identifiers: ["*"] }] };
  const options = { repositoryPolicyStatements: [statement] };

  expect(entries.find(({ ids }) => ids.includes("CKV_AWS_32"))?.status).toMatch(/^Met in production/);
  expect(messageOf(withRepository(options, { tier: "production" }))).toContain("no-public-access");
  expect(warningsOf(loadEnvironments(withRepository(options))).join()).toContain("[public-access]");
});

/** Services that say nothing of whom they take a role on for. */
const silent = ["ec2.amazonaws.com", "ecr.amazonaws.com"];

test("every role is for one service or identity provider, under a condition where the service can meet one", () => {
  const roles = resources("aws_iam_role");
  const isLimited = ({ Principal, Condition }: Statement): boolean => {
    const [type, name] = Object.entries(Principal ?? {})[0] ?? [];
    if (type === "Federated") return JSON.stringify(Condition).includes(":sub") && typeof name === "string";
    return type === "Service" && (Condition !== undefined || silent.includes(String(name)));
  };

  expect(roles.length).toBeGreaterThan(10);
  expect(
    breaking(roles, ({ arguments: role }) => statements(role["assume_role_policy"]).every(isLimited)),
  ).toEqual([]);
});

test("nothing but load balancers admits everyone, and everyone is reached over HTTPS only", () => {
  const admitting = resources("aws_vpc_security_group_ingress_rule").filter(
    ({ arguments: rule }) => rule["cidr_ipv4"] === "0.0.0.0/0",
  );
  const leaving = resources("aws_vpc_security_group_egress_rule").filter(
    ({ arguments: rule }) => rule["cidr_ipv4"] === "0.0.0.0/0",
  );

  expect(admitting).not.toEqual([]);
  expect(breaking(admitting, ({ address }) => address.includes("load_balancer"))).toEqual([]);
  expect(
    breaking(leaving, ({ arguments: rule }) => rule["from_port"] === 443 && rule["to_port"] === 443),
  ).toEqual([]);
});

test("no policy of a workload has a wildcard for actions, and none but that of pipelines for changes", () => {
  const policies = resources("aws_iam_role_policy").filter(({ address }) => !address.includes("ci_"));
  const onEverything = policies.flatMap(({ arguments: { policy } }) =>
    allowing(policy)
      .filter(({ Resource }) => Resource === "*")
      .map(({ Sid }) => Sid),
  );

  expect(
    breaking(policies, ({ arguments: { policy } }) =>
      allowing(policy).every(({ Action }) => Action.every((action) => !action.includes("*"))),
    ),
  ).toEqual([]);
  expect([...new Set(onEverything)].toSorted()).toEqual([
    "GetToken",
    "LogIn",
    "ManageNetworkInterfaces",
    "SendTraces",
  ]);
});
