import { integer, object } from "../../modules/values/fields";

/** Most minutes of an alarm on unhealthy tasks. */
export const maxUnhealthyMinutes = 60;

const percent = (what: string) =>
  integer(1, 100, `${what} is a percentage; use a whole number from 1 to 100`).optional();

/** Alarms that Terraform creates for a service. */
export const OwnAlarmOptions = object({
  serverErrorPercent: percent("the share of server errors").meta({
    description:
      "Percentage of requests in a minute to which the containers answer with a status from 500 to 599, for 2 minutes in a row. Requires a load balancer.",
    defaultNote: "no alarm",
  }),
  unhealthyMinutes: integer(
    1,
    maxUnhealthyMinutes,
    `this is a number of minutes; use a whole number from 1 to ${maxUnhealthyMinutes}`,
  )
    .optional()
    .meta({
      description:
        "Minutes for which the health check of the load balancer fails for at least one task. Must be longer than the grace period. Requires a load balancer.",
      defaultNote: "no alarm",
    }),
  cpuPercent: percent("CPU utilization").meta({
    description: "Average CPU utilization of the tasks, for 3 minutes in a row.",
    defaultNote: "no alarm",
  }),
  memoryPercent: percent("memory utilization").meta({
    description: "Average memory utilization of the tasks, for 3 minutes in a row.",
    defaultNote: "no alarm",
  }),
}).describe(
  "CloudWatch alarms that the environment creates for the service, and that roll a deployment back.",
);
