import type { z } from "zod";
import { boolean, integer, object } from "../../modules/values/fields";
import type { Unchecked } from "../schema/unchecked";
import { spot } from "./ecs-capacity";
import { containerOptions } from "./ecs-container";
import { dependsOn, RoutedLogOptions, sidecars } from "./ecs-sidecar";
import { ephemeralStorage, taskSizeOptions } from "./ecs-task";
import { volumes } from "./ecs-volume";
import { cannotRename } from "./renamed-from";
import { schedule, scheduleTimeZone } from "./schedule";

/** When EventBridge Scheduler starts a task. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
const scheduleOptions = {
  schedule: schedule().describe(
    "When a task starts: `cron(<minute> <hour> <day of the month> <month> <day of the week> <year>)`, `rate(<number> <unit>)` or, once, `at(<yyyy-mm-ddThh:mm:ss>)`.",
  ),
  timeZone: scheduleTimeZone(),
  enabled: boolean()
    .default(true)
    .describe("Whether the schedule starts tasks. `npm run ecs -- run` also starts one that is not enabled."),
  flexibleWindowMinutes: integer(
    1,
    1440,
    "EventBridge Scheduler starts a task up to 1440 minutes later; use a whole number from 1, or remove it",
  )
    .optional()
    .meta({
      description:
        "Minutes within which the task starts, so that the tasks of many schedules do not all start at once.",
      defaultNote: "the task starts in the minute of the schedule",
    }),
  taskCount: integer(1, 10, "ECS starts 1 to 10 tasks at once; use a whole number")
    .default(1)
    .describe("Number of tasks that start each time."),
  maximumRetryAttempts: integer(0, 185, "EventBridge Scheduler retries up to 185 times; use a whole number")
    .default(185)
    .describe(
      "How often EventBridge Scheduler tries again if ECS does not accept the task. It does not restart a task that fails.",
    ),
  maximumEventAgeSeconds: integer(
    60,
    86_400,
    "EventBridge Scheduler retries for 60 to 86400 seconds; use a whole number",
  )
    .default(86_400)
    .describe(
      "Seconds for which EventBridge Scheduler retries. What it cannot start goes to the dead-letter queue, which keeps it for 14 days.",
    ),
};

/** Options of one task that starts on a schedule. */
export const EcsScheduledTaskOptions = object(
  {
    ...scheduleOptions,
    ...containerOptions,
    ...taskSizeOptions,
    spot: spot(),
    dependsOn: dependsOn(),
    logs: RoutedLogOptions.optional().meta({ defaultNote: "CloudWatch Logs" }),
    containers: sidecars(),
    volumes: volumes(),
    ephemeralStorageGib: ephemeralStorage(),
  },
  cannotRename("scheduledTask"),
).describe("One task on Fargate that Amazon EventBridge Scheduler starts.");

export type EcsScheduledTaskOptions = z.output<typeof EcsScheduledTaskOptions>;

/** The options before validation. */
export type UncheckedScheduledTask = Unchecked<EcsScheduledTaskOptions>;
