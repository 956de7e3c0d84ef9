import { blue, plot } from "asciichart";

/** Lines of a chart. */
const height = 6;

/** Characters left of a chart, for its axis. */
const axisWidth = 12;

/**
 * A chart of values over time, as wide as the terminal allows: a value is several characters wide, or the highest of several
 * values is one.
 *
 * @param columns width of the terminal
 */
export function chartOf(values: readonly number[], columns: number, colours: boolean): string {
  const width = Math.max(10, Math.min(columns - axisWidth - 2, 120));
  const drawn = fitted(values, width);
  const max = Math.max(1, ...drawn);
  return plot(drawn, {
    ...{ height: Math.min(height, Math.ceil(max)), min: 0, max, offset: 2 },
    format: (value: number) => String(Math.round(value)).padStart(axisWidth - 2),
    ...(colours && { colors: [blue] }),
  });
}

/** The values in at most `width` places: each repeated as often as there is room, or the highest of several. */
export function fitted(values: readonly number[], width: number): number[] {
  if (values.length === 0) return [0];
  if (values.length <= width) {
    const times = Math.max(1, Math.floor(width / values.length));
    return values.flatMap((value) => new Array<number>(times).fill(value));
  }
  const size = Math.ceil(values.length / width);
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    Math.max(...values.slice(index * size, (index + 1) * size)),
  );
}
