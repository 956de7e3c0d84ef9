import { allow, type Statement } from "../iam/policy-document";
import type { ManagedEnvironment } from "./plan-permission";

const reads = ["scheduler:Get*", "scheduler:ListTagsForResource"];

const writes = [
  "scheduler:*ScheduleGroup",
  "scheduler:CreateSchedule",
  "scheduler:DeleteSchedule",
  "scheduler:UpdateSchedule",
  "scheduler:TagResource",
  "scheduler:UntagResource",
];

/**
 * Reads, or creates and changes, the schedules of an environment and their group, and passes the roles of the environment to
 * EventBridge Scheduler.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridgescheduler.html
 */
export function schedulePermission(managed: ManagedEnvironment, access: "read" | "write"): Statement[] {
  const { partition, accountId, region, namePrefix, project, environment } = managed;
  const arn = (resource: string) => `arn:${partition}:scheduler:${region}:${accountId}:${resource}`;
  const resources = [arn(`schedule-group/${namePrefix}`), arn(`schedule/${namePrefix}/*`)];
  const roles = `arn:${partition}:iam::${accountId}:role/${project}/${environment}/*`;
  const pass = { StringEquals: { "iam:PassedToService": ["scheduler.amazonaws.com"] } };
  return [
    // The images of all tasks that schedules start count as in use. IAM cannot limit the list.
    allow("FindSchedules", ["scheduler:GetSchedule", "scheduler:ListSchedules"], "*"),
    allow("Schedules", access === "read" ? reads : [...reads, ...writes], resources),
    ...(access === "read" ? [] : [allow("PassScheduleRoles", ["iam:PassRole"], roles, pass)]),
  ];
}

/**
 * What the permissions boundary has to allow the roles with which EventBridge Scheduler starts tasks: to run, tag and pass what
 * is in the environment. Its roles cannot register a task definition, so they run only what Terraform registered.
 */
export function scheduleBoundary(
  managed: Omit<ManagedEnvironment, "repositoryPatterns" | "tagNames">,
): Statement[] {
  const { partition, accountId, region, namePrefix, project, environment } = managed;
  const arn = (resource: string) => `arn:${partition}:ecs:${region}:${accountId}:${resource}`;
  return [
    allow(
      "RunTasks",
      ["ecs:RunTask", "ecs:TagResource"],
      [arn(`task-definition/${namePrefix}-*`), arn(`task/${namePrefix}/*`)],
    ),
    allow(
      "PassTaskRoles",
      ["iam:PassRole"],
      `arn:${partition}:iam::${accountId}:role/${project}/${environment}/*`,
      {
        StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
      },
    ),
  ];
}
