import Table from "cli-table3";
import { printable, printableLines } from "./printable";
import type { Report } from "./report";
import { isTable, limitsOf, type Section, sectionsOf } from "./sections";

/** The report for a terminal. */
export function asText(report: Report): string {
  const sections = sectionsOf(report);
  return [
    printable(report.verdict.text),
    `${printable(report.base)} -> ${printable(report.head)}`,
    ...sections.map(({ title, content }) => `\n${title}\n${contentText(content)}`),
    ...(sections.length === 0 ? [] : ["", limitsOf(report)]),
    "",
  ].join("\n");
}

function contentText(content: Section["content"]): string {
  if (!isTable(content)) return printableLines(content);
  const table = new Table({
    head: [...content.head],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const row of content.rows) table.push(row.map(printable));
  return table.toString();
}
