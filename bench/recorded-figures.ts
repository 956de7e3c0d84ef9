import { readFileSync } from "node:fs";
import { z } from "zod";
import { markdownTable } from "./tables";

/** Figures that `npm run bench` does not measure: somebody measures them and writes a file like this. */
const RecordedFigures = z.strictObject({
  /** When they were measured, e.g. `2026-11-28`. */
  date: z.iso.date(),
  /** As in the first line of the page, e.g. `Node.js v20.20.2, linux x64, AMD EPYC, 2 cores`. */
  machine: z.string().min(1),
  /** Where they come from: the commands, or a run of CI. */
  source: z.string().min(1),
  /** Heads of the table. */
  columns: z.array(z.string()).min(1),
  /** Cells as printed. */
  rows: z.array(z.array(z.string())).min(1),
});

/**
 * A section of the page about recorded figures.
 *
 * @throws Error if there is no such file, or it has another form
 */
export function recordedSection(heading: string, path: string): string {
  const parsed = RecordedFigures.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  const { date, machine, source, columns, rows } = parsed.data;
  const uneven = rows.findIndex((row) => row.length !== columns.length);
  if (uneven >= 0)
    throw new Error(
      `${path}: rows[${uneven}] has ${rows[uneven]?.length} cells; columns has ${columns.length}`,
    );
  return `## ${heading}

Recorded on ${date}: ${machine}. Source: ${source}.

${markdownTable(columns, rows)}
`;
}
