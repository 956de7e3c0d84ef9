import { expect, test } from "vitest";
import { cronScheduleProblem } from "../../../../modules/eks/cron-schedule";

test.each(["@daily", "0 3 * * *", "*/15 0-6 1,15 jan-MAR 1-5", "5/10 23 31 12 sun", "0-59/7 * * * 0,6"])(
  "Kubernetes accepts %s",
  (schedule) => expect(cronScheduleProblem(schedule)).toBeUndefined(),
);

test.each([
  ["@reboot", "a schedule has five fields of cron; use one such as '0 3 * * *', or @daily"],
  ["0 0 3 * * *", "a schedule has five fields of cron; use one such as '0 3 * * *', or @daily"],
  ["60 * * * *", '"60" is no minute of a schedule; use numbers from 0 to 59, e.g. 0, 0-59 or */2'],
  ["0 24 * * *", '"24" is no hour of a schedule; use numbers from 0 to 23, e.g. 0, 0-23 or */2'],
  ["0 3 0 * *", '"0" is no day of the month of a schedule; use numbers from 1 to 31, e.g. 1, 1-31 or */2'],
  ["0 3 * mon *", '"mon" is no month of a schedule; use numbers from 1 to 12, e.g. 1, 1-12 or */2'],
  ["0 3 * * 7", '"7" is no day of the week of a schedule; use numbers from 0 to 6, e.g. 0, 0-6 or */2'],
  ["0 3 * * fri-mon", 'the day of the week "fri-mon" begins after its end; begin with mon'],
  ["*/0 * * * *", 'the minute "*/0" never goes on; use a number from 1 after the slash'],
  ["*-5 * * * *", '"*-5" is no minute of a schedule; use numbers from 0 to 59, e.g. 0, 0-59 or */2'],
])("Kubernetes refuses %s", (schedule, problem) => expect(cronScheduleProblem(schedule)).toBe(problem));
