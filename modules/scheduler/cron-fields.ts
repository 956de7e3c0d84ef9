/** A field of a cron expression: its lowest and highest value, and AWS's names for its values from the lowest on. */
interface Field {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
  /** Entries with a letter or sign of their own, and how a message names them. */
  readonly special?: { readonly pattern: RegExp; readonly text: string };
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

const day = "(?:[1-9]|[12]\\d|3[01])";

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
const fields: readonly Field[] = [
  { title: "minute", from: 0, to: 59 },
  { title: "hour", from: 0, to: 23 },
  {
    ...{ title: "day of the month", from: 1, to: 31 },
    special: { pattern: new RegExp(`^(?:\\?|L|${day}W)$`), text: "?, L or 15W" },
  },
  { title: "month", from: 1, to: 12, names: months },
  {
    ...{ title: "day of the week", from: 1, to: 7 },
    names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    special: { pattern: /^(?:\?|[1-7]?L|[1-7]#[1-5])$/, text: "?, 6L or 2#1" },
  },
  { title: "year", from: 1970, to: 2199 },
];

const example = "cron(0 3 * * ? *), that is minute, hour, day of the month, month, day of the week and year";

/** Most days that a month can have. */
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Why AWS refuses the text between the parentheses of `cron(…)`, as "rule; remedy"; `undefined` when it does not. */
export function cronProblem(text: string): string | undefined {
  const parts = text.split(" ");
  if (parts.length !== fields.length) return `a cron expression has six fields; use one such as ${example}`;
  const problem = fields
    .map((field, index) => fieldProblem(field, parts[index] ?? ""))
    .find((found) => found !== undefined);
  return (
    problem ?? daysProblem(parts[2] ?? "", parts[4] ?? "") ?? neverProblem(parts[2] ?? "", parts[3] ?? "")
  );
}

function fieldProblem(field: Field, text: string): string | undefined {
  const { title, special } = field;
  const entries = text.split(",");
  const alone = entries.find((entry) => special?.pattern.test(entry));
  if (alone !== undefined && entries.length > 1)
    return `"${alone}" is the only entry of its field in a cron expression; use ${alone} alone as the ${title}, or remove it`;
  if (alone !== undefined) return undefined;
  return entries.map((entry) => entryProblem(field, entry)).find((problem) => problem !== undefined);
}

/** One entry of the list that a field is: `*`, a value or a range, and the step from one value to the next. */
function entryProblem(field: Field, entry: string): string | undefined {
  const { title, from, to, names, special } = field;
  const range = rangeIn(field, entry);
  const [, step] = /\/(\d+)$/.exec(entry) ?? [];
  if (range === undefined) {
    const named = names === undefined ? "" : `, ${names[0]} to ${names.at(-1)}`;
    const others = special === undefined ? "" : `, or ${special.text}`;
    return `"${entry}" is no ${title} of a cron expression; use values from ${from} to ${to}${named}, e.g. ${from}, ${from}-${to} or */2${others}`;
  }
  const [first, last] = range;
  if (first > last) return `the ${title} "${entry}" begins after its end; begin with the lower value`;
  return step !== undefined && (Number(step) === 0 || Number(step) > to)
    ? `the step of the ${title} "${entry}" is out of range; use a number from 1 to ${to} after the slash`
    : undefined;
}

/** First and last value of an entry; `undefined` if it is none. */
function rangeIn(field: Field, entry: string): readonly [number, number] | undefined {
  const [, low = "", high] = /^(\*|[0-9A-Z]+)(?:-([0-9A-Z]+))?(?:\/\d{1,4})?$/.exec(entry) ?? [];
  if (low === "*") return high === undefined ? [field.from, field.to] : undefined;
  const first = numberOf(field, low);
  const last = high === undefined ? first : numberOf(field, high);
  return first === undefined || last === undefined ? undefined : [first, last];
}

function numberOf({ from, to, names = [] }: Field, text: string): number | undefined {
  const index = names.indexOf(text);
  if (index !== -1) return from + index;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}

/** One of the two fields for days decides, and the other one is `?`. */
function daysProblem(ofMonth: string, ofWeek: string): string | undefined {
  if ((ofMonth === "?") !== (ofWeek === "?")) return undefined;
  return ofMonth === "?"
    ? "? leaves the day to the other field, and both fields for days have it; use * as the day of the month, for every day"
    : "a cron expression names days of the month or days of the week; use ? in the other of the two fields";
}

/** A day that none of the months has, such as 30 February. */
function neverProblem(ofMonth: string, month: string): string | undefined {
  const [days, monthField] = [fields[2], fields[3]];
  if (days === undefined || monthField === undefined || /[?LW*]/.test(ofMonth)) return undefined;
  const firsts = ofMonth.split(",").map((entry) => rangeIn(days, entry)?.[0] ?? 1);
  const longest = Math.max(...valuesIn(monthField, month).map((value) => longestMonths[value - 1] ?? 31));
  return Math.min(...firsts) > longest
    ? `no month of "${month}" has a day ${ofMonth}, so that the schedule never starts anything; use L for the last day, or another month`
    : undefined;
}

/** All values of a field without problems. */
function valuesIn(field: Field, text: string): number[] {
  return text.split(",").flatMap((entry) => {
    const [first, last] = rangeIn(field, entry) ?? [field.from, field.to];
    const [, step] = /\/(\d+)$/.exec(entry) ?? [];
    // A value with a step goes on to the end of the field.
    const end = step !== undefined && !entry.includes("-") ? field.to : last;
    return Array.from({ length: end - first + 1 }, (_, index) => first + index).filter(
      (value) => (value - first) % Number(step ?? 1) === 0,
    );
  });
}
