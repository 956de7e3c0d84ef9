import { integer, object } from "../../modules/values/fields";
import { mapOf } from "../schema/fields";
import { schedule, scheduleTimeZone } from "./schedule";

const taskCount = () => integer(1, 5000, "a service has 1 to 5000 tasks; use a whole number");

const scheduledCount = () => integer(0, 5000, "a service has 0 to 5000 tasks; use a whole number");

const cooldown = () =>
  integer(0, 3600, "Application Auto Scaling waits 0 to 3600 seconds here; use a whole number").optional();

/** https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html */
const ScalingScheduleOptions = object({
  schedule: schedule().describe("When the numbers change: `cron(…)`, `rate(…)` or, once, `at(…)`."),
  timeZone: scheduleTimeZone(),
  minCount: scheduledCount().optional().meta({
    description: "Minimum number of tasks from then on. `0` lets the service stop.",
    defaultNote: "the number stays",
  }),
  maxCount: scheduledCount().optional().meta({
    description: "Maximum number of tasks from then on.",
    defaultNote: "the number stays",
  }),
}).describe("A time from which a service has another minimum or maximum number of tasks.");

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html */
export const AutoscalingOptions = object({
  minCount: taskCount().describe("Minimum number of tasks."),
  maxCount: taskCount().describe("Maximum number of tasks."),
  cpuTargetPercent: integer(10, 90, "CPU utilization is a percentage; use a whole number from 10 to 90")
    .default(60)
    .describe("Target for the average CPU utilization of the tasks."),
  memoryTargetPercent: integer(10, 90, "memory utilization is a percentage; use a whole number from 10 to 90")
    .optional()
    .meta({
      description: "Target for the average memory utilization of the tasks.",
      defaultNote: "no scaling by memory",
    }),
  requestsPerTask: integer(
    1,
    1_000_000,
    "this is a number of requests in a minute; use a whole number from 1 to 1000000",
  )
    .optional()
    .meta({
      description:
        "Target for the average number of requests that the load balancer sends to a task in a minute. Requires `loadBalancer` or `sharedLoadBalancer`.",
      defaultNote: "no scaling by requests",
    }),
  scaleOutCooldownSeconds: cooldown().meta({
    description: "Seconds after tasks were added until more are added.",
    defaultNote: "`300`",
  }),
  scaleInCooldownSeconds: cooldown().meta({
    description: "Seconds after tasks were removed until more are removed.",
    defaultNote: "`300`",
  }),
  schedules: mapOf(ScalingScheduleOptions)
    .default({})
    .describe(
      "Other numbers of tasks at certain times, by name. With schedules, `minCount` and `maxCount` are what the service begins with, and Terraform ignores what they are later.",
    ),
}).describe("Adds and removes tasks, so that each utilization stays at its target, or at certain times.");
