import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { image, network } from "../../../support/environments/one-service";

type TaskInput = NonNullable<NonNullable<EnvironmentInput["ecs"]>["scheduledTasks"]>[string];

const problemsWith = (task: Partial<TaskInput>, change: Partial<EnvironmentInput> = {}, name = "report") =>
  problemsIn(
    only({
      ...minimal,
      network,
      ecr: { repositories: { app: {} } },
      ecs: { scheduledTasks: { [name]: { image, schedule: "rate(1 day)", ...task } } },
      ...change,
    }),
  );

test("a scheduled task with all options of its schedule is valid", () => {
  const task: Partial<TaskInput> = {
    schedule: "at(2030-01-31T03:00:00)",
    timeZone: "Europe/Berlin",
    enabled: false,
    flexibleWindowMinutes: 1440,
    taskCount: 10,
    maximumRetryAttempts: 0,
    maximumEventAgeSeconds: 60,
    cpu: 512,
    memory: 1024,
    ephemeralStorageGib: 50,
  };
  expect(problemsWith(task)).toEqual([]);
});

test("fails when the schedule, its time zone or its numbers are not what AWS takes", () => {
  const task = {
    ...{ schedule: "0 3 * * *", timeZone: "Europe/Berln", taskCount: 11 },
    ...{ flexibleWindowMinutes: 0, maximumRetryAttempts: 186, maximumEventAgeSeconds: 59 },
  };
  expect(problemsWith(task)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.scheduledTasks.report.schedule: found "0 3 * * *"; a schedule has the form cron(0 3 * * ? *), rate(6 hours) or at(2030-01-31T03:00:00); write cron(…) around the fields, with the year as the sixth and ? as one of the days",
      "environments/test.ts: ecs.scheduledTasks.report.timeZone: found "Europe/Berln"; "Europe/Berln" is not in the time zone database; use a name such as Europe/Berlin, or UTC",
      "environments/test.ts: ecs.scheduledTasks.report.flexibleWindowMinutes: found 0; EventBridge Scheduler starts a task up to 1440 minutes later; use a whole number from 1, or remove it",
      "environments/test.ts: ecs.scheduledTasks.report.taskCount: found 11; ECS starts 1 to 10 tasks at once; use a whole number",
      "environments/test.ts: ecs.scheduledTasks.report.maximumRetryAttempts: found 186; EventBridge Scheduler retries up to 185 times; use a whole number",
      "environments/test.ts: ecs.scheduledTasks.report.maximumEventAgeSeconds: found 59; EventBridge Scheduler retries for 60 to 86400 seconds; use a whole number",
    ]
  `);
});

test("fails when the size, a container or the owner of the image does not fit", () => {
  const image = { repository: "app", tag: "v1", managedBy: "pipeline" } as const;
  expect(problemsWith({ image, memory: 4096, dependsOn: { proxy: "START" } })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.scheduledTasks.report.memory: found 4096; Fargate supports 512, 1024, 2048 MiB of memory with 256 CPU units; use one of these",
      "environments/test.ts: ecs.scheduledTasks.report.dependsOn.proxy: found "proxy"; the task has no container with this name; add it to containers",
      "environments/test.ts: ecs.scheduledTasks.report.image.managedBy: found "pipeline"; a pipeline deploys only images of services; remove managedBy, and name the image in the file",
    ]
  `);
});

test("fails when the name does not fit into names of AWS, or is that of a service", () => {
  const services = { report: { image } };
  const ecs = { services, scheduledTasks: { report: { image, schedule: "rate(1 day)" } } };
  expect(problemsWith({}, { ecs })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.scheduledTasks.report: found "report"; a service has this name, and both would have the same log group; choose another one",
    ]
  `);
  expect(problemsWith({}, {}, "Nightly")).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.scheduledTasks.Nightly: found "Nightly"; the name of a task has lowercase letters and digits, with single hyphens between them; use a name such as nightly-report",
    ]
  `);
  expect(problemsWith({}, {}, `r${"x".repeat(60)}`)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.scheduledTasks.rxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: found "acme-test-ecs-task-rxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; this would be the name of the task role, and IAM role names have at most 64 characters; shorten a part of it by 16",
      "environments/test.ts: ecs.scheduledTasks.rxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: found "acme-test-ecs-schedule-rxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; this would be the name of the role that starts the task, and IAM role names have at most 64 characters; shorten a part of it by 20",
    ]
  `);
});

test("fails without a network, and when the image is not in the file", () => {
  expect(
    problemsWith({ image: { repository: "ap", tag: "v1" } }, { network: undefined }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.scheduledTasks.report.image.repository: found "ap"; ecr.repositories has no repository with this name; did you mean "app"?",
      "environments/test.ts: network: found nothing; scheduled tasks need a network; add network: { kind: "own", … } or { kind: "existing", … }",
    ]
  `);
});
