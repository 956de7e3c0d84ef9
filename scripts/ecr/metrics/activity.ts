import type { PushSource } from "./pushes";
import type { TimeWindow } from "./time-window";

/** Pulls and pushes of one repository in each period. */
export interface RepositoryActivity {
  /** Name in ECR. */
  readonly repositoryName: string;
  readonly pulls: readonly number[];
  readonly pushes: readonly number[];
}

/** Pulls and pushes of an environment's repositories. */
export interface Activity {
  readonly environment: string;
  readonly window: TimeWindow;
  readonly pushSource: PushSource;
  readonly repositories: readonly RepositoryActivity[];
  /** Names in ECR of repositories that do not exist. */
  readonly missing: readonly string[];
}

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The sum of several series, period by period. */
export const summed = (series: readonly (readonly number[])[], periods: number): number[] =>
  Array.from({ length: periods }, (_, index) => sumOf(series.map((values) => values[index] ?? 0)));
