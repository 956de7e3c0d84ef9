import { expect, test } from "vitest";
import { scheduleBoundary, schedulePermission } from "../../../../modules/ci/schedule-permission";
import { type Call, isAllowed } from "../../../support/iam-evaluator";
import { acmeTest as place } from "../../../support/managed-environment";

const scheduler = (resource: string) => `arn:aws:scheduler:eu-west-1:111122223333:${resource}`;
const ecs = (resource: string) => `arn:aws:ecs:eu-west-1:111122223333:${resource}`;
const role = (path: string) => `arn:aws:iam::111122223333:role/${path}`;
const pass = (resource: string, service: string): Call => ({
  action: "iam:PassRole",
  resource,
  context: { "iam:PassedToService": service },
});

const own = [
  ["scheduler:CreateSchedule", scheduler("schedule/acme-test/acme-test-report")],
  ["scheduler:UpdateSchedule", scheduler("schedule/acme-test/acme-test-report")],
  ["scheduler:DeleteSchedule", scheduler("schedule/acme-test/acme-test-report")],
  ["scheduler:CreateScheduleGroup", scheduler("schedule-group/acme-test")],
  ["scheduler:DeleteScheduleGroup", scheduler("schedule-group/acme-test")],
  ["scheduler:TagResource", scheduler("schedule-group/acme-test")],
] as const;

const reads = [
  ["scheduler:GetSchedule", scheduler("schedule/acme-test/acme-test-report")],
  ["scheduler:GetScheduleGroup", scheduler("schedule-group/acme-test")],
  ["scheduler:ListTagsForResource", scheduler("schedule-group/acme-test")],
] as const;

const allowedBy = (access: "read" | "write", calls: readonly (readonly [string, string])[]) =>
  calls.filter(([action, resource]) => isAllowed(schedulePermission(place, access), { action, resource }));

test("a pipeline that deploys creates, changes and deletes the schedules of its environment; one that plans reads them", () => {
  expect([allowedBy("write", own), allowedBy("write", reads)]).toEqual([own, reads]);
  expect([allowedBy("read", own), allowedBy("read", reads)]).toEqual([[], reads]);
});

test("all schedules can be read, whose tasks may run images of the environment", () => {
  const read = [
    ["scheduler:ListSchedules", "*"],
    ["scheduler:GetSchedule", scheduler("schedule/other/nightly")],
  ] as const;

  expect([allowedBy("write", read), allowedBy("read", read)]).toEqual([read, read]);
});

test("schedules of another environment and of no group cannot be changed", () => {
  const others = [...own, ...reads].map(
    ([action, resource]) => [action, resource.replaceAll("acme-test", "acme-test-2")] as const,
  );
  const ungrouped = ["scheduler:CreateSchedule", scheduler("schedule/default/acme-test-report")] as const;

  expect(allowedBy("write", [...others, ungrouped])).toEqual([
    ["scheduler:GetSchedule", scheduler("schedule/acme-test-2/acme-test-2-report")],
  ]);
});

test("roles of the environment are passed to EventBridge Scheduler alone", () => {
  const mine = role("acme/test/acme-test-ecs-schedule-report");
  const write = schedulePermission(place, "write");

  expect(isAllowed(write, pass(mine, "scheduler.amazonaws.com"))).toBe(true);
  expect(isAllowed(write, pass(mine, "glue.amazonaws.com"))).toBe(false);
  expect(isAllowed(write, pass(role("admin"), "scheduler.amazonaws.com"))).toBe(false);
});

test("the boundary lets roles run what is registered in the environment, and nothing else", () => {
  const boundary = scheduleBoundary(place);
  const mine = role("acme/test/acme-test-ecs-task-report");

  expect([
    isAllowed(boundary, { action: "ecs:RunTask", resource: ecs("task-definition/acme-test-report:3") }),
    isAllowed(boundary, pass(mine, "ecs-tasks.amazonaws.com")),
    isAllowed(boundary, { action: "ecs:RunTask", resource: ecs("task-definition/other:3") }),
    isAllowed(boundary, { action: "ecs:RegisterTaskDefinition", resource: "*" }),
    isAllowed(boundary, { action: "ecs:ExecuteCommand", resource: ecs("task/acme-test/0123") }),
    isAllowed(boundary, pass(mine, "lambda.amazonaws.com")),
    isAllowed(boundary, pass(role("admin"), "ecs-tasks.amazonaws.com")),
  ]).toEqual([true, true, false, false, false, false, false]);
});
