import fc from "fast-check";
import { expect, test } from "vitest";
import { isOneTime, scheduleProblem } from "../../../../modules/scheduler/schedule-expression";

test.each([
  // The examples of AWS's pages.
  "cron(0 10 * * ? *)",
  "cron(15 12 * * ? *)",
  "cron(0 18 ? * MON-FRI *)",
  "cron(0 8 1 * ? *)",
  "cron(0/10 * ? * MON-FRI *)",
  "cron(0/5 8-17 ? * MON-FRI *)",
  "cron(15 10 ? * 6L 2022-2023)",
  "cron(0 9 ? * 2#1 *)",
  "cron(0 22 3W * ? *)",
  "cron(0 22 L * ? *)",
  "cron(30 6 29 2 ? 2028)",
  "cron(0 3 31 JAN,MAR-MAY/2 ? *)",
  "rate(1 hour)",
  "rate(5 minutes)",
  "rate(30 days)",
  "at(2028-02-29T23:59:59)",
])("AWS accepts %s", (schedule) => expect(scheduleProblem(schedule)).toBeUndefined());

const forms =
  "a schedule has the form cron(0 3 * * ? *), rate(6 hours) or at(2030-01-31T03:00:00); use one of these";
const minutes = "use values from 0 to 59, e.g. 0, 0-59 or */2";
const bothDays =
  "a cron expression names days of the month or days of the week; use ? in the other of the two fields";

test.each([
  ["", forms],
  ["@daily", forms],
  ["every day", forms],
  [
    "0 3 * * *",
    "a schedule has the form cron(0 3 * * ? *), rate(6 hours) or at(2030-01-31T03:00:00); write cron(…) around the fields, with the year as the sixth and ? as one of the days",
  ],
  [
    "cron(0 3 * * *)",
    "a cron expression has six fields; use one such as cron(0 3 * * ? *), that is minute, hour, day of the month, month, day of the week and year",
  ],
  ["cron(60 3 * * ? *)", `"60" is no minute of a cron expression; ${minutes}`],
  ["cron(1L 3 * * ? *)", `"1L" is no minute of a cron expression; ${minutes}`],
  ["cron(, 3 * * ? *)", `"" is no minute of a cron expression; ${minutes}`],
  [
    "cron(0 3 ? * 0 *)",
    '"0" is no day of the week of a cron expression; use values from 1 to 7, SUN to SAT, e.g. 1, 1-7 or */2, or ?, 6L or 2#1',
  ],
  [
    "cron(0 3 LW * ? *)",
    '"LW" is no day of the month of a cron expression; use values from 1 to 31, e.g. 1, 1-31 or */2, or ?, L or 15W',
  ],
  [
    "cron(0 3 ? * FRI-MON *)",
    'the day of the week "FRI-MON" begins after its end; begin with the lower value',
  ],
  [
    "cron(0/60 3 * * ? *)",
    'the step of the minute "0/60" is out of range; use a number from 1 to 59 after the slash',
  ],
  [
    "cron(0 3 ? * 3#1,6#3 *)",
    '"3#1" is the only entry of its field in a cron expression; use 3#1 alone as the day of the week, or remove it',
  ],
  ["cron(0 3 * * * *)", bothDays],
  ["cron(0 3 1 * MON *)", bothDays],
  [
    "cron(0 3 ? * ? *)",
    "? leaves the day to the other field, and both fields for days have it; use * as the day of the month, for every day",
  ],
  [
    "cron(0 3 30 2 ? *)",
    'no month of "2" has a day 30, so that the schedule never starts anything; use L for the last day, or another month',
  ],
  ["rate(1 hours)", "a rate has the singular of its unit for 1 and otherwise the plural; use rate(1 hour)"],
  ["rate(6 hour)", "a rate has the singular of its unit for 1 and otherwise the plural; use rate(6 hours)"],
  [
    "rate(0 hours)",
    '"0 hours" is no rate; use a whole number from 1 to 99999 and minutes, hours or days, e.g. rate(6 hours)',
  ],
  [
    "at(2027-02-29T03:00:00)",
    '"2027-02-29T03:00:00" is no time of a schedule; use the form at(2030-01-31T03:00:00), without a time zone',
  ],
  [
    "at(2030-01-31T03:00:00Z)",
    '"2030-01-31T03:00:00Z" is no time of a schedule; use the form at(2030-01-31T03:00:00), without a time zone',
  ],
])("AWS refuses %s", (schedule, problem) => expect(scheduleProblem(schedule)).toBe(problem));

test("only at(…) starts something once", () => {
  expect(["at(2030-01-31T03:00:00)", "rate(1 day)", "cron(0 3 * * ? *)"].map(isOneTime)).toEqual([
    true,
    false,
    false,
  ]);
});

/** A field as AWS's table has it: every single value, spelled out. */
interface Row {
  readonly values: readonly string[];
  readonly highest: number;
  readonly signs: readonly string[];
}

const upTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`);
const monthNames = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const dayNames = "SUN MON TUE WED THU FRI SAT".split(" ");

const table: readonly Row[] = [
  { values: upTo(0, 59), highest: 59, signs: [] },
  { values: upTo(0, 23), highest: 23, signs: [] },
  { values: upTo(1, 31), highest: 31, signs: ["?", "L", ...upTo(1, 31).map((day) => `${day}W`)] },
  { values: [...upTo(1, 12), ...monthNames], highest: 12, signs: [] },
  {
    values: [...upTo(1, 7), ...dayNames],
    highest: 7,
    signs: [
      ...["?", "L"],
      ...upTo(1, 7).flatMap((day) => [`${day}L`, ...upTo(1, 5).map((week) => `${day}#${week}`)]),
    ],
  },
  { values: upTo(1970, 2199), highest: 2199, signs: [] },
];

/** Position of a value in its field, names and numbers alike. */
const rank = ({ values }: Row, value: string): number => {
  const numbers = values.filter((one) => /^\d/.test(one));
  const index = values.indexOf(value);
  return index >= numbers.length ? index - numbers.length : index;
};

function accepts(row: Row, entry: string): boolean {
  const [range = "", step, ...more] = entry.split("/");
  if (more.length > 0 || (step !== undefined && !upTo(1, row.highest).includes(step))) return false;
  if (range === "*") return true;
  const ends = range.split("-");
  if (ends.length > 2 || ends.some((end) => !row.values.includes(end))) return false;
  return rank(row, ends[0] ?? "") <= rank(row, ends[1] ?? ends[0] ?? "");
}

const accepted = (row: Row | undefined, text: string): boolean =>
  row !== undefined && (row.signs.includes(text) || text.split(",").every((entry) => accepts(row, entry)));

/** Whether a day of the calendar from 2024 to 2031 is one of the schedule, by trying each. */
function everMatches(ofMonth: string, month: string): boolean {
  if (/[?LW*]/.test(ofMonth)) return true;
  const has = (text: string, row: Row | undefined, position: number) =>
    row !== undefined &&
    text.split(",").some((entry) => {
      const [range = "", step] = entry.split("/");
      const [from, to] = range.split("-");
      const first = range === "*" ? 0 : rank(row, from ?? "");
      const last =
        to !== undefined
          ? rank(row, to)
          : range === "*" || step !== undefined
            ? Number.POSITIVE_INFINITY
            : first;
      return position >= first && position <= last && (position - first) % Number(step ?? 1) === 0;
    });
  for (let time = Date.UTC(2024, 0, 1); time < Date.UTC(2032, 0, 1); time += 86_400_000) {
    const date = new Date(time);
    if (has(month, table[3], date.getUTCMonth()) && has(ofMonth, table[2], date.getUTCDate() - 1))
      return true;
  }
  return false;
}

const entryOf = ({ values, signs, highest }: Row) => {
  const value = fc.constantFrom(...values);
  return fc.oneof(
    fc.constant("*"),
    value,
    fc.tuple(value, value).map(([a, b]) => `${a}-${b}`),
    fc
      .tuple(fc.oneof(fc.constant("*"), value), fc.integer({ min: 0, max: highest + 2 }))
      .map(([a, n]) => `${a}/${n}`),
    ...(signs.length > 0 ? [fc.constantFrom(...signs)] : []),
    fc.constantFrom("", "L", "?", "#", "0", "99", "mon", "*-5", "1/", "W"),
  );
};

const fieldOf = (row: Row) =>
  fc.oneof(
    { weight: 3, arbitrary: entryOf(row) },
    {
      weight: 1,
      arbitrary: fc.array(entryOf(row), { minLength: 1, maxLength: 3 }).map((all) => all.join(",")),
    },
    { weight: 2, arbitrary: fc.constant(row.signs.includes("?") ? "?" : "*") },
  );

test("cron expressions are accepted exactly when AWS's table has each field, one day is ?, and a day exists", () => {
  fc.assert(
    fc.property(fc.tuple(...table.map(fieldOf)), (parts) => {
      const [, , ofMonth = "", month = "", ofWeek = ""] = parts;
      const valid =
        parts.every((part, index) => accepted(table[index], part)) &&
        (ofMonth === "?") !== (ofWeek === "?") &&
        everMatches(ofMonth, month);
      expect([parts.join(" "), scheduleProblem(`cron(${parts.join(" ")})`) === undefined]).toEqual([
        parts.join(" "),
        valid,
      ]);
    }),
    {
      numRuns: 500,
      examples: [[["0", "3", "31", "2,4/5", "?", "*"]], [["0", "3", "30", "FEB/12", "?", "*"]]],
    },
  );
});
