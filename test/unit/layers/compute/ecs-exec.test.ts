import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { endpointsOf } from "../../../../environments/plan/endpoints";
import { furtherBoundary } from "../../../../environments/plan/further-boundary";
import { warningsOf } from "../../../../environments/warnings/warnings";
import {
  network,
  problemsWith,
  type ServiceInput,
  withService,
} from "../../../support/environments/one-service";
import { isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const exec: Partial<ServiceInput> = { exec: true, readonlyRootFilesystem: false, initProcessEnabled: true };

const all = (json: StackJson | undefined, type: string): StackJson[] =>
  Object.values(json?.["resource"][type] ?? {});

test("sessions are logged to an encrypted log group, and the task role may open them and write there", () => {
  const stacks = synth(withService(exec));
  const compute = stacks["compute-test"];
  const groups = all(compute, "aws_cloudwatch_log_group").map(({ name }) => name);
  const policy = all(stacks["security-test"], "aws_iam_role_policy").find(
    ({ name }) => name === "acme-test-ecs-task-web",
  );

  expect(groups).toContain("/ecs/acme-test/exec/sessions");
  for (const group of all(compute, "aws_cloudwatch_log_group"))
    expect(group).toMatchObject({
      kms_key_id: expect.stringContaining("logs_kms_key_arn"),
      retention_in_days: 30,
    });
  expect(all(compute, "aws_ecs_service")).toMatchObject([{ enable_execute_command: true }]);
  expect(all(compute, "aws_ecs_cluster")).toMatchObject([
    {
      configuration: {
        execute_command_configuration: {
          logging: "OVERRIDE",
          log_configuration: {
            cloud_watch_encryption_enabled: true,
            cloud_watch_log_group_name: expect.stringMatching(
              /^\$\{aws_cloudwatch_log_group\..*exec\.name\}$/,
            ),
          },
        },
      },
    },
  ]);
  expect(policy?.["policy"].Statement.map(({ Action, Resource }: StackJson) => [Action, Resource])).toEqual([
    [
      [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      "*",
    ],
    [["logs:DescribeLogGroups"], "arn:aws:logs:eu-west-1:111122223333:log-group:*"],
    [
      ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/acme-test/exec/sessions:*",
    ],
  ]);
});

test("the permissions boundary of a pipeline's roles takes nothing of that from the task role, and allows it to no other environment", () => {
  const boundaryOf = (options: Partial<ServiceInput>) =>
    loadEnvironments(withService(options)).flatMap((environment) => furtherBoundary(environment));
  const open = ["CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel"];
  const allowed = (options: Partial<ServiceInput>) =>
    open.filter((action) =>
      isAllowed(boundaryOf(options), { action: `ssmmessages:${action}`, resource: "*" }),
    );

  expect([allowed(exec), allowed({})]).toEqual([open, []]);
});

test("without exec, no role may open sessions, and the cluster says nothing of them", () => {
  const text = JSON.stringify(synth(withService({})));

  expect(text).not.toMatch(/ssmmessages|execute_command_configuration/);
  expect(text).toContain('"enable_execute_command":false');
});

test("a network without NAT gateways gets the endpoint of the sessions", () => {
  const own: NonNullable<EnvironmentInput["network"]> = {
    kind: "own",
    cidr: "10.0.0.0/16",
    availabilityZones: ["eu-west-1a", "eu-west-1b"],
    natGateways: "none",
  };
  const endpoints = (options: Partial<ServiceInput>) =>
    loadEnvironments(withService(options, { network: own })).flatMap((environment) =>
      environment.network === undefined ? [] : endpointsOf(environment, environment.network),
    );

  expect(endpoints(exec)).toContain("ssmmessages");
  expect(endpoints({})).not.toContain("ssmmessages");
});

test("fails with a read-only root file system, and in production without a reason", () => {
  expect(problemsWith({ exec: true })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.exec: found true; ECS Exec writes to the root file system of the container, which is read-only by default; set readonlyRootFilesystem: false, or remove exec",
    ]
  `);
  const digest = `sha256:${"ab".repeat(32)}`;
  expect(
    problemsWith(
      { ...exec, image: { repository: "app", digest } },
      {
        tier: "production",
        network,
        ecr: { encryptionType: "KMS", repositories: { app: { imageTagMutability: "IMMUTABLE" } } },
      },
    ),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.exec: found true; in production, no one runs commands in containers; remove exec, or state the reason in productionExceptions with rule: "no-exec"",
    ]
  `);
});

test("warns of processes that nothing removes", () => {
  const warnings = (options: Partial<ServiceInput>) =>
    warningsOf(loadEnvironments(withService(options))).filter((line) => line.includes("exec"));

  expect(warnings({ ...exec, initProcessEnabled: undefined })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.exec: ECS Exec starts processes in the container, and without an init process nothing removes those that end. Set initProcessEnabled: true. [exec-without-init-process]",
    ]
  `);
  expect(warnings(exec)).toEqual([]);
});
