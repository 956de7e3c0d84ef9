import { cronProblem } from "./cron-fields";

const forms = "cron(0 3 * * ? *), rate(6 hours) or at(2030-01-31T03:00:00)";

/**
 * Why EventBridge Scheduler and Application Auto Scaling refuse a schedule, as "rule; remedy"; `undefined` when they do not.
 * What AWS does not document, such as `LW`, is refused.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export function scheduleProblem(schedule: string): string | undefined {
  const [, kind, text = ""] = /^(cron|rate|at)\((.*)\)$/.exec(schedule) ?? [];
  if (kind === "cron") return cronProblem(text);
  if (kind === "rate") return rateProblem(text);
  if (kind === "at") return timeProblem(text);
  return /^\S+(?: \S+){4,5}$/.test(schedule) && !schedule.includes("(")
    ? `a schedule has the form ${forms}; write cron(…) around the fields, with the year as the sixth and ? as one of the days`
    : `a schedule has the form ${forms}; use one of these`;
}

/** Whether a schedule names one time, after which it starts nothing more. */
export function isOneTime(schedule: string): boolean {
  return schedule.startsWith("at(");
}

function rateProblem(text: string): string | undefined {
  const [, value = "", unit = "", plural] = /^([1-9]\d{0,4}) (minute|hour|day)(s?)$/.exec(text) ?? [];
  if (unit === "")
    return `"${text}" is no rate; use a whole number from 1 to 99999 and minutes, hours or days, e.g. rate(6 hours)`;
  const wanted = value === "1" ? unit : `${unit}s`;
  return `${unit}${plural}` === wanted
    ? undefined
    : `a rate has the singular of its unit for 1 and otherwise the plural; use rate(${value} ${wanted})`;
}

/** A day and a time of day that exist. Whether it is past depends on the time of the call, so this does not check it. */
function timeProblem(text: string): string | undefined {
  const known = /^(?:19[7-9]\d|2[01]\d\d)-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text);
  const time = known ? new Date(`${text}Z`) : undefined;
  return time !== undefined && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)
    ? undefined
    : `"${text}" is no time of a schedule; use the form at(2030-01-31T03:00:00), without a time zone`;
}
