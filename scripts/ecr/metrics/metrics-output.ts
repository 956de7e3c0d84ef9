import { newTable } from "../table";
import { type Activity, summed, sumOf } from "./activity";
import { chartOf } from "./chart";
import { sourceText } from "./pushes";
import { beginningsOf, periodsOf } from "./time-window";

/** A terminal; `undefined` where the output is none, which gets a table instead of charts. */
export type Terminal = { readonly columns: number; readonly colours: boolean } | undefined;

/** Charts of pulls and pushes on a terminal, else a line for each period; then the sum of each repository. */
export function asText(activity: Activity, terminal: Terminal): string {
  const { repositories, window, missing, pushSource } = activity;
  const periods = periodsOf(window);
  const pulls = summed(
    repositories.map((one) => one.pulls),
    periods,
  );
  const pushes = summed(
    repositories.map((one) => one.pushes),
    periods,
  );
  const overTime =
    terminal === undefined
      ? [periodTable(activity, pulls, pushes)]
      : [
          ...chartLines("Pulls", pulls, activity, terminal),
          "",
          ...chartLines("Pushes", pushes, activity, terminal),
        ];
  const table = newTable(["repository", "pulls", "pushes"]);
  for (const { repositoryName, ...one } of repositories.toSorted((a, b) => sumOf(b.pulls) - sumOf(a.pulls)))
    table.push([repositoryName, sumOf(one.pulls), sumOf(one.pushes)]);
  return `${[
    ...overTime,
    "",
    table.toString(),
    ...missing.map((name) => `${name} does not exist; deploy the environment first.`),
    "RepositoryPullCount counts requests for manifests, also of scanners and of commands such as scan-gate. It can lag behind.",
    sourceText[pushSource],
  ].join("\n")}\n`;
}

function chartLines(
  title: string,
  values: readonly number[],
  { window }: Activity,
  { columns, colours }: NonNullable<Terminal>,
): string[] {
  const unit = window.period === 3600 ? "hour" : "day";
  return [
    `${title} by ${unit}, ${timeText(window.start)} to ${timeText(window.end)}: ${sumOf(values)}`,
    chartOf(values, columns, colours),
  ];
}

function periodTable({ window }: Activity, pulls: readonly number[], pushes: readonly number[]): string {
  const table = newTable(["from (UTC)", "pulls", "pushes"]);
  for (const [index, beginning] of beginningsOf(window).entries())
    table.push([timeText(beginning), pulls[index] ?? 0, pushes[index] ?? 0]);
  return table.toString();
}

const timeText = (time: Date): string => time.toISOString().slice(0, 16).replace("T", " ");

/** The same as JSON. */
export function asJson({ environment, window, repositories, missing, pushSource }: Activity): object {
  return {
    environment,
    start: window.start.toISOString(),
    end: window.end.toISOString(),
    periodSeconds: window.period,
    pushSource,
    periods: beginningsOf(window).map((time) => time.toISOString()),
    repositories: repositories.map(({ repositoryName, pulls, pushes }) => ({
      repository: repositoryName,
      pulls: { total: sumOf(pulls), values: pulls },
      pushes: { total: sumOf(pushes), values: pushes },
    })),
    missing,
  };
}
