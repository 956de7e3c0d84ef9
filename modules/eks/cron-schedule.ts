/** A field of a schedule: its lowest and highest value, and names for its values from the lowest on. */
interface Field {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { title: "minute", from: 0, to: 59 },
  { title: "hour", from: 0, to: 23 },
  { title: "day of the month", from: 1, to: 31 },
  {
    ...{ title: "month", from: 1, to: 12 },
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  {
    ...{ title: "day of the week", from: 0, to: 6 },
    names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
  },
];

const shortcuts = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/**
 * Why Kubernetes refuses the schedule of a CronJob, as "rule; remedy"; `undefined` when it does not. Sunday is 0, and not also 7.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 * @see https://github.com/robfig/cron/blob/v3.0.1/parser.go ParseStandard
 */
export function cronScheduleProblem(schedule: string): string | undefined {
  if (shortcuts.includes(schedule)) return undefined;
  const parts = schedule.split(" ");
  if (parts.length !== fields.length)
    return "a schedule has five cron fields; use one such as '0 3 * * *', or @daily";
  return fields
    .flatMap((field, index) => (parts[index] ?? "").split(",").map((part) => partProblem(field, part)))
    .find((problem) => problem !== undefined);
}

/** One entry of the list in a field: `*`, a value or a range, and an optional step. */
function partProblem(field: Field, part: string): string | undefined {
  const { title, from, to } = field;
  const [, low = "", high, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
  const first = low === "*" ? from : numberOf(field, low);
  const last = high === undefined ? first : low === "*" ? undefined : numberOf(field, high);
  if (first === undefined || last === undefined)
    return `"${part}" is not a valid ${title}; use numbers from ${from} to ${to}, e.g. ${from}, ${from}-${to} or */2`;
  if (first > last)
    return `the range "${part}" of the ${title} ends before it starts; list the values instead, e.g. "${low},${high}"`;
  return step !== undefined && Number(step) === 0
    ? `the step in the ${title} "${part}" is 0; use 1 or more`
    : undefined;
}

function numberOf({ from, to, names = [] }: Field, text: string): number | undefined {
  const index = names.indexOf(text.toLowerCase());
  const value = index === -1 ? (/^\d{1,3}$/.test(text) ? Number(text) : undefined) : from + index;
  return value !== undefined && value >= from && value <= to ? value : undefined;
}
