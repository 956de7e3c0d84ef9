import { expect, test } from "vitest";
import { minimal, only } from "../../../support/environments/minimal";
import { image, network } from "../../../support/environments/one-service";
import { everyConsumer } from "../../../support/every-consumer";
import { type StackJson, synth } from "../../../support/synth";

const stacksWith = (task: object) =>
  synth(
    only({
      ...minimal,
      network,
      ecr: { repositories: { app: {} } },
      ecs: { scheduledTasks: { report: { image, schedule: "rate(1 day)", ...task } } },
    }),
  );

const one = (json: StackJson | undefined, type: string) =>
  Object.values<StackJson>(json?.["resource"][type])[0];

test("a schedule has AWS's defaults unless the file says otherwise", () => {
  const schedule = one(stacksWith({})["compute-test"], "aws_scheduler_schedule");

  expect(schedule).toMatchObject({
    name: "acme-test-report",
    schedule_expression: "rate(1 day)",
    schedule_expression_timezone: "UTC",
    state: "ENABLED",
    flexible_time_window: { mode: "OFF" },
    target: {
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      ecs_parameters: { task_count: 1, network_configuration: { assign_public_ip: false } },
    },
  });
});

test("the queue for what could not be started is encrypted, and there is one for all", () => {
  const { resource } = stacksWith({})["compute-test"] as StackJson;

  expect(Object.values(resource.aws_sqs_queue)).toMatchObject([
    {
      name: "acme-test-scheduled-tasks",
      sqs_managed_sse_enabled: true,
      message_retention_seconds: 1_209_600,
    },
  ]);
});

test("the role of a schedule starts its own task definition in its own cluster, and passes only the roles of the task", () => {
  const { resource } = synth(only(everyConsumer))["security-full"] as StackJson;
  const policies: StackJson[] = Object.values(resource.aws_iam_role_policy);
  const policy = policies.find(({ name }) => name === "acme-full-ecs-schedule-report");
  const statements: StackJson[] = policy?.["policy"].Statement;
  const role = Object.values<StackJson>(resource.aws_iam_role).find(
    ({ name }) => name === "acme-full-ecs-schedule-report",
  );

  expect(statements.map(({ Action, Resource, Condition }) => [Action, Resource, Condition])).toEqual([
    [
      ["ecs:RunTask"],
      "arn:aws:ecs:eu-central-1:222233334444:task-definition/acme-full-report:*",
      { ArnEquals: { "ecs:cluster": "arn:aws:ecs:eu-central-1:222233334444:cluster/acme-full" } },
    ],
    [
      ["ecs:TagResource"],
      "arn:aws:ecs:eu-central-1:222233334444:task/acme-full/*",
      { StringEquals: { "ecs:CreateAction": "RunTask" } },
    ],
    [
      ["iam:PassRole"],
      [
        "arn:aws:iam::222233334444:role/acme/full/acme-full-ecs-execution",
        "arn:aws:iam::222233334444:role/acme/full/acme-full-ecs-task-report",
      ],
      { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    ],
    [["sqs:SendMessage"], "arn:aws:sqs:eu-central-1:222233334444:acme-full-scheduled-tasks", undefined],
  ]);
  expect(role?.["assume_role_policy"].Statement).toMatchObject([
    {
      Principal: { Service: "scheduler.amazonaws.com" },
      Condition: {
        ArnEquals: {
          "aws:SourceArn": "arn:aws:scheduler:eu-central-1:222233334444:schedule-group/acme-full",
        },
        StringEquals: { "aws:SourceAccount": "222233334444" },
      },
    },
  ]);
});

test("before an image is pushed, there is no schedule, and without scheduled tasks no group, queue and roles", () => {
  const awaiting = stacksWith({ image: { repository: "app", awaitsFirstPush: true } })["compute-test"];
  const without = synth(only({ ...minimal, network, ecs: { services: {} } }));

  expect(Object.keys(awaiting?.["resource"])).not.toContain("aws_scheduler_schedule");
  expect(Object.keys(awaiting?.["resource"])).not.toContain("aws_ecs_task_definition");
  expect(JSON.stringify(without)).not.toMatch(/scheduler|schedule_role|scheduled/);
});
