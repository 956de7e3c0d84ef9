import { z } from "zod";
import { scheduleProblem } from "../../modules/scheduler/schedule-expression";
import { timeZoneProblem } from "../../modules/scheduler/time-zone";

const checked = (error: string, problemOf: (text: string) => string | undefined) =>
  z.string({ error }).superRefine((given, context) => {
    const message = problemOf(given);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

/** When something happens, as Amazon EventBridge Scheduler and Application Auto Scaling write it. */
export const schedule = () =>
  checked("a schedule is a string; use one such as 'cron(0 3 * * ? *)' or 'rate(6 hours)'", scheduleProblem);

/** Time zone of a schedule, from the time zone database. */
export const scheduleTimeZone = () =>
  checked("a time zone is a string; use a name such as Europe/Berlin", timeZoneProblem)
    .default("UTC")
    .describe("Time zone of the schedule, daylight saving time included.");
