import type { Comparison, Run } from "./measure";

/** This project and another program, for one number of repositories. */
export interface Row extends Comparison {
  readonly repositories: number;
}

/** Largest ratio that meets a target, with two decimals as on the page. */
const largestRatio = 1;

/** Largest exponent that meets the target, with two decimals as on the page. */
export const largestExponent = 1.05;

export const measureNames: Readonly<Record<keyof Run, string>> = {
  cpuSeconds: "CPU time",
  wallSeconds: "wall time",
  mebibytes: "peak memory",
};

/** Which measures of a row have a target. */
export type Measures = readonly (keyof Run)[];

/** Which measures of a row exceed their target. */
const exceeded = ({ ratio }: Row, measures: Measures) =>
  measures.filter((measure) => !(Number(ratio[measure].toFixed(2)) <= largestRatio));

/** `met`, or e.g. `missed: wall time, peak memory`. */
export function rowResult(row: Row, measures: Measures): string {
  const names = exceeded(row, measures).map((measure) => measureNames[measure]);
  return names.length === 0 ? "met" : `missed: ${names.join(", ")}`;
}

/** The target and at which sizes it is met, as sentences. */
export function targetStatement(rows: readonly Row[], measures: Measures, other: string): string {
  const names = new Intl.ListFormat("en").format(measures.map((measure) => measureNames[measure]));
  return `Target: ${names} of at most ${largestRatio.toFixed(2)} times ${other}. ${targetResult(rows, measures)}`;
}

function targetResult(rows: readonly Row[], measures: Measures): string {
  const missed = rows.filter((row) => exceeded(row, measures).length > 0);
  const met = rows.filter((row) => !missed.includes(row));
  if (missed.length === 0) return "Met at every size.";
  if (met.length === 0) return "Missed at every size.";
  return `Met at ${sizesText(met)} repositories, missed at ${sizesText(missed)}.`;
}

const sizesText = (rows: readonly Row[]): string =>
  new Intl.ListFormat("en").format(rows.map(({ repositories }) => repositories.toLocaleString("en")));

/** How CPU time grows between two sizes: it is proportional to the number of repositories to the power of this. */
export function exponent(smaller: Row, larger: Row): number {
  return (
    Math.log(larger.ours.cpuSeconds / smaller.ours.cpuSeconds) /
    Math.log(larger.repositories / smaller.repositories)
  );
}

/** `met` or `missed`. */
export const exponentResult = (value: number): string =>
  Number(value.toFixed(2)) <= largestExponent ? "met" : "missed";
