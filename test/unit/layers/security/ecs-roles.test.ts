import { App, TerraformStack, Testing } from "cdktf";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { publish } from "../../../../layers/contract";
import { ecsRoles } from "../../../../layers/security/ecs-roles";
import { ecsRolesContract } from "../../../../layers/security/security.contract";
import type { Statement } from "../../../../modules/iam/policy-document";
import { minimal } from "../../../support/environments/minimal";
import {
  certificateArn,
  image,
  type ServiceInput,
  withService,
} from "../../../support/environments/one-service";
import { type Call, isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const key = "arn:aws:kms:eu-west-1:111122223333:key/secrets";
const secretArn = (name: string) =>
  `arn:aws:secretsmanager:eu-west-1:111122223333:secret:acme-test/${name}-AbCdEf`;
const secrets = {
  secrets_kms_key_arn: key,
  secret_arns: { database: secretArn("database"), other: secretArn("other") },
};

/** Two services, one of which reads a secret. */
const definitions = withService(
  {},
  {
    security: { secrets: { database: {}, other: {} } },
    ecs: { services: { web: { image, secrets: { PASSWORD: "database" } }, worker: { image } } },
  },
);

/** Roles by name, with the statements of their policies. */
function rolesOf(json: StackJson): Record<string, { trust: Statement[]; may: Statement[] }> {
  const policies = Object.values<StackJson>(json["resource"].aws_iam_role_policy);
  return Object.fromEntries(
    Object.entries<StackJson>(json["resource"].aws_iam_role).map(([id, role]) => {
      const own = policies.filter(({ role: owner }) => owner === `\${aws_iam_role.${id}.name}`);
      return [
        role["name"],
        {
          trust: JSON.parse(role["assume_role_policy"]).Statement,
          may: own.flatMap(({ policy }) => JSON.parse(policy).Statement),
        },
      ];
    }),
  );
}

function synthRoles(of = definitions) {
  const [environment] = loadEnvironments(of);
  const stack = new TerraformStack(new App(), "security-test");
  if (environment?.ecs)
    publish(stack, ecsRolesContract, ecsRoles(stack, environment, environment.ecs, secrets));
  return JSON.parse(Testing.synth(stack));
}

const roles = rolesOf(synthRoles());
const execution = roles["acme-test-ecs-execution"]?.may ?? [];

const repository = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`;

test("there is one role that starts tasks, and one for the containers of each service", () => {
  expect(Object.keys(roles)).toEqual([
    "acme-test-ecs-execution",
    "acme-test-ecs-task-web",
    "acme-test-ecs-task-worker",
  ]);
});

test("containers may do nothing", () => {
  expect([roles["acme-test-ecs-task-web"]?.may, roles["acme-test-ecs-task-worker"]?.may]).toEqual([[], []]);
});

test("tasks are started with images of the environment's repositories and of no others", () => {
  const pulls = (resource: string) =>
    ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"].map((action) =>
      isAllowed(execution, { action, resource }),
    );

  expect(isAllowed(execution, { action: "ecr:GetAuthorizationToken", resource: "*" })).toBe(true);
  expect(pulls(repository("acme-test-app"))).toEqual([true, true]);
  for (const other of [
    repository("acme-prod-app"),
    repository("app"),
    repository("acme-test-app").replace("111122223333", "444455556666"),
    repository("acme-test-app").replace("eu-west-1", "us-east-1"),
  ])
    expect([other, pulls(other)]).toEqual([other, [false, false]]);
});

test.each([
  "ecr:PutImage",
  "ecr:InitiateLayerUpload",
  "ecr:UploadLayerPart",
  "ecr:CompleteLayerUpload",
  "ecr:BatchDeleteImage",
  "ecr:DeleteRepository",
  "ecr:SetRepositoryPolicy",
  "iam:PassRole",
])("the role that starts tasks may not %s", (action) => {
  for (const resource of ["*", repository("acme-test-app")])
    expect(isAllowed(execution, { action, resource })).toBe(false);
});

test("tasks are started with the secrets that services read and with no others", () => {
  const reads = (name: string) =>
    isAllowed(execution, { action: "secretsmanager:GetSecretValue", resource: secretArn(name) });

  expect([reads("database"), reads("other")]).toEqual([true, false]);
  expect(
    isAllowed(execution, { action: "secretsmanager:PutSecretValue", resource: secretArn("database") }),
  ).toBe(false);
});

test("the key of the secrets is used through Secrets Manager, and no other key is", () => {
  const decrypts = (resource: string, service: string) =>
    isAllowed(execution, {
      action: "kms:Decrypt",
      resource,
      context: { "kms:ViaService": `${service}.eu-west-1.amazonaws.com` },
    });

  expect([
    decrypts(key, "secretsmanager"),
    decrypts(key, "s3"),
    decrypts(`${key}-2`, "secretsmanager"),
    isAllowed(execution, { action: "kms:Decrypt", resource: key }),
  ]).toEqual([true, false, false, false]);
});

test("tasks write to the environment's log groups, and make none", () => {
  const stream = (group: string) =>
    `arn:aws:logs:eu-west-1:111122223333:log-group:${group}:log-stream:web/web/0123`;
  const writes = (action: string, group: string) => isAllowed(execution, { action, resource: stream(group) });

  expect([
    writes("logs:PutLogEvents", "/ecs/acme-test/web"),
    writes("logs:CreateLogStream", "/ecs/acme-test/web"),
    writes("logs:CreateLogGroup", "/ecs/acme-test/web"),
    writes("logs:PutLogEvents", "/ecs/acme-test-2/web"),
    writes("logs:PutLogEvents", "/aws/events/acme-test/ecr-scan-findings"),
  ]).toEqual([true, true, false, false, false]);
});

test("only ECS of the account and Region assumes the roles", () => {
  const from = (account: string, region = "eu-west-1") => ({
    "aws:SourceAccount": account,
    "aws:SourceArn": `arn:aws:ecs:${region}:${account}:task/acme-test/0123`,
  });

  for (const { trust } of Object.values(roles)) {
    const trusts = (service: string, context: Call["context"] = {}) =>
      isAllowed(trust, { action: "sts:AssumeRole", principal: { Service: service }, context });

    expect([
      trusts("ecs-tasks.amazonaws.com", from("111122223333")),
      trusts("ecs-tasks.amazonaws.com", from("444455556666")),
      trusts("ecs-tasks.amazonaws.com", from("111122223333", "us-east-1")),
      trusts("ecs-tasks.amazonaws.com"),
      trusts("lambda.amazonaws.com", from("111122223333")),
    ]).toEqual([true, false, false, false, false]);
  }
});

test("what is published are the ARNs of the roles, by service", () => {
  const { output, resource } = synthRoles();
  const arnOf = (name: string) => {
    const named = Object.entries<StackJson>(resource.aws_iam_role).find(([, role]) => role["name"] === name);
    return `\${aws_iam_role.${named?.[0]}.arn}`;
  };

  expect(output.ecs_execution_role_arn.value).toBe(arnOf("acme-test-ecs-execution"));
  expect(output.ecs_task_role_arns.value).toEqual({
    web: arnOf("acme-test-ecs-task-web"),
    worker: arnOf("acme-test-ecs-task-worker"),
  });
});

test("services without secrets are started without a permission for any", () => {
  const json = synth(withService({}))["security-test"];
  const [policy] = Object.values<StackJson>(json?.["resource"].aws_iam_role_policy);

  expect(policy?.["policy"].Statement.map(({ Sid }: Statement) => Sid)).toEqual([
    "GetToken",
    "PullImages",
    "WriteLogs",
  ]);
});

test("fails when a service reads a secret that the layer does not make", () => {
  const [environment] = loadEnvironments(definitions);
  const stack = new TerraformStack(new App(), "security-test");

  expect(
    () => environment?.ecs && ecsRoles(stack, environment, environment.ecs),
  ).toThrowErrorMatchingInlineSnapshot(`[Error: the security layer creates no secret database]`);
});

test("the key for logs encrypts the log groups of ECS where there are services", () => {
  const groups = (definitions: Parameters<typeof synth>[0]) => {
    const keys = Object.values<StackJson>(synth(definitions)["security-test"]?.["resource"].aws_kms_key);
    const statements: Statement[] = keys.flatMap(({ policy }) => policy.Statement);
    const use = statements.find(({ Sid }) => Sid === "UseByLogGroups");
    return use?.Condition?.["ArnLike"]?.["kms:EncryptionContext:aws:logs:arn"];
  };
  const arn = (prefix: string) => `arn:aws:logs:eu-west-1:111122223333:log-group:${prefix}*`;

  expect(groups(withService({}))).toEqual([
    arn("/aws/events/acme-test/"),
    arn("/ecs/acme-test/"),
    arn("/aws/ecs/containerinsights/acme-test/"),
  ]);
  expect(groups(withService({}, { ecs: undefined, network: undefined }))).toEqual([
    arn("/aws/events/acme-test/"),
  ]);
});

test("in another partition the ARNs are that partition's", () => {
  const json = synth(withService({}, { ...minimal, region: "cn-north-1" }))["security-test"];

  const text = JSON.stringify(json?.["resource"].aws_iam_role_policy);
  expect(text).toContain("arn:aws-cn:ecr:cn-north-1:");
  expect(text).not.toContain("arn:aws:");
});

test("the secrets of further containers and of log routing are read too, each once, also by a key", () => {
  const synthesized = synthRoles(
    withService(
      {
        memory: 1024,
        secrets: { USER: { secret: "database", key: "user" }, PASSWORD: "database" },
        containers: {
          router: { image, logRouter: { type: "fluentbit" } },
          proxy: { image, logs: { options: { Name: "http" }, secretOptions: { token: "other" } } },
        },
      },
      { security: { secrets: { database: {}, other: {} } } },
    ),
  );
  const { may } = rolesOf(synthesized)["acme-test-ecs-execution"] ?? { may: [] };

  expect(may.find(({ Sid }) => Sid === "ReadSecrets")?.Resource).toEqual([
    secretArn("database"),
    secretArn("other"),
  ]);
});

test("ECS gets a role to shift traffic only where a service needs it, and compute its ARN", () => {
  const certificateArn = "arn:aws:acm:eu-west-1:111122223333:certificate/0123abcd-ef";
  const shifting = withService({
    port: 80,
    loadBalancer: { certificateArn },
    deployment: { strategy: "canary" },
  });
  const { "security-test": security } = synth(shifting);
  const { "security-test": without } = synth(withService({ deployment: { alarms: ["errors"] } }));
  const [attachment] = Object.values<StackJson>(security?.["resource"].aws_iam_role_policy_attachment ?? {});

  const role = security?.["resource"].aws_iam_role.ecs_infrastructure;
  expect([role.name, role.assume_role_policy.Statement]).toEqual([
    "acme-test-ecs-infrastructure",
    [
      {
        Sid: "Trust",
        Effect: "Allow",
        Principal: { Service: "ecs.amazonaws.com" },
        Action: ["sts:AssumeRole"],
      },
    ],
  ]);
  expect(Object.keys(security?.["resource"].aws_iam_role_policy)).not.toContain("ecs_infrastructure");
  expect(attachment?.["policy_arn"]).toBe(
    "arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers",
  );
  expect(security?.["output"].ecs_infrastructure_role_arn.value).toBe(
    "${aws_iam_role.ecs_infrastructure.arn}",
  );
  expect(JSON.stringify(without)).not.toContain("infrastructure");
});

test("the role that shifts traffic stays on the way back to rolling, and goes with the strategy", () => {
  const roles = (deployment?: ServiceInput["deployment"]) =>
    Object.keys(
      synth(withService({ port: 80, loadBalancer: { certificateArn }, deployment }))["security-test"]?.[
        "resource"
      ].aws_iam_role ?? {},
    );

  expect(roles({ strategy: "rolling" })).toContain("ecs_infrastructure");
  expect(roles()).not.toContain("ecs_infrastructure");
});
