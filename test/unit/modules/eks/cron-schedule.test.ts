import { expect, test } from "vitest";
import { cronScheduleProblem } from "../../../../modules/eks/cron-schedule";

test.each(["@daily", "0 3 * * *", "*/15 0-6 1,15 jan-MAR 1-5", "5/10 23 31 12 sun", "0-59/7 * * * 0,6"])(
  "Kubernetes accepts %s",
  (schedule) => expect(cronScheduleProblem(schedule)).toBeUndefined(),
);

test.each([
  ["@reboot", "a schedule has five cron fields; use one such as '0 3 * * *', or @daily"],
  ["0 0 3 * * *", "a schedule has five cron fields; use one such as '0 3 * * *', or @daily"],
  ["60 * * * *", '"60" is not a valid minute; use numbers from 0 to 59, e.g. 0, 0-59 or */2'],
  ["0 24 * * *", '"24" is not a valid hour; use numbers from 0 to 23, e.g. 0, 0-23 or */2'],
  ["0 3 0 * *", '"0" is not a valid day of the month; use numbers from 1 to 31, e.g. 1, 1-31 or */2'],
  ["0 3 * mon *", '"mon" is not a valid month; use numbers from 1 to 12, e.g. 1, 1-12 or */2'],
  ["0 3 * * 7", '"7" is not a valid day of the week; use numbers from 0 to 6, e.g. 0, 0-6 or */2'],
  [
    "0 3 * * fri-mon",
    'the range "fri-mon" of the day of the week ends before it starts; list the values instead, e.g. "fri,mon"',
  ],
  ["*/0 * * * *", 'the step in the minute "*/0" is 0; use 1 or more'],
  ["*-5 * * * *", '"*-5" is not a valid minute; use numbers from 0 to 59, e.g. 0, 0-59 or */2'],
])("Kubernetes refuses %s", (schedule, problem) => expect(cronScheduleProblem(schedule)).toBe(problem));
