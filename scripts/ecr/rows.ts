import pc from "picocolors";
import { newTable } from "./table";

/**
 * Rows as text: a table on a terminal; elsewhere a line for each row, with tabs between its cells and its head first, which
 * `cut` and `awk` read.
 *
 * @param terminal whether to draw a table. @default - whether standard output is a terminal
 */
export function rowsText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  terminal: boolean = process.stdout.isTTY,
): string {
  if (!terminal) return [head, ...rows].map((cells) => `${cells.map(oneLine).join("\t")}\n`).join("");
  const table = newTable(head.map((cell) => pc.bold(cell)));
  for (const cells of rows) table.push([...cells]);
  return `${table.toString()}\n`;
}

const oneLine = (cell: string): string => cell.replace(/[\t\n]+/g, " ");
