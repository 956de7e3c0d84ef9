import { exponent, exponentResult, type Measures, type Row, rowResult } from "./targets";

/**
 * Figures of this project and of another program.
 *
 * @param other the other program, for the heads of its columns
 * @param measures what has a target. Empty without one, which leaves out the last column
 */
export function comparisonTable(rows: readonly Row[], other: string, measures: Measures): string {
  const heads = ["CPU time, s", "wall time, s", "peak memory, MiB"].flatMap((head) => [head, other, "ratio"]);
  return markdownTable(
    ["repositories", ...heads, ...(measures.length > 0 ? ["target"] : [])],
    rows.map((row) => [...figures(row), ...(measures.length > 0 ? [rowResult(row, measures)] : [])]),
  );
}

const figures = ({ repositories, ours, other, ratio }: Row): string[] => [
  repositories.toLocaleString("en"),
  ...[ours.cpuSeconds, other.cpuSeconds, ratio.cpuSeconds].map((value) => value.toFixed(2)),
  ...[ours.wallSeconds, other.wallSeconds, ratio.wallSeconds].map((value) => value.toFixed(2)),
  ...[ours.mebibytes, other.mebibytes].map((value) => value.toFixed(0)),
  ratio.mebibytes.toFixed(2),
];

/**
 * The exponent of this project's CPU time from 1,000 to 10,000 repositories, of each comparison.
 *
 * @returns undefined if a size was not measured
 */
export function growthTable(comparisons: Readonly<Record<string, readonly Row[]>>): string | undefined {
  const lines = Object.entries(comparisons).flatMap(([name, rows]) => {
    const [smaller, larger] = [1_000, 10_000].map((size) => rows.find((row) => row.repositories === size));
    if (smaller === undefined || larger === undefined) return [];
    const value = exponent(smaller, larger);
    return [[name, value.toFixed(2), exponentResult(value)]];
  });
  return lines.length === 0 ? undefined : markdownTable(["program", "exponent", "target"], lines);
}

/** A Markdown table; all columns but the first are aligned to the right. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join(
    "\n",
  );
}
