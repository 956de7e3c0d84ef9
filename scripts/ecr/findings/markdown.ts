import { printable } from "../../review/report/printable";
import { exitCodeOf } from "../image/scan-verdict";
import { failing, type Severity } from "../image/severity";
import { type FindingRow, findingRows } from "./finding-rows";
import { notesOn } from "./findings-output";
import { type ImageFindings, remainingScans } from "./image-findings";

/**
 * Longest comment that GitHub accepts, in characters, less room for the last line.
 *
 * @see https://github.com/machine-learning-apps/pr-comment/issues/2 the error of its API
 */
const room = 65_536 - 500;

/** The findings as GitHub Markdown, for a comment or a step summary. Texts of packages are code, so none of them is Markdown. */
export function asMarkdown(found: ImageFindings, threshold: Severity): string {
  const scans = remainingScans(found.platforms);
  const passed = exitCodeOf(scans, threshold) === 0;
  const rows = findingRows(found);
  const open = rows.filter(({ suppressedBy }) => suppressedBy === undefined);
  const head = [
    `## ${passed ? ":white_check_mark:" : ":no_entry:"} Findings in ${code(found.image)}`,
    "",
    tableOf(
      ["image", "platform", "scan", "findings", `${threshold} or worse`],
      scans.map(({ digest, name, scan }) => [
        code(digest.slice(0, "sha256:".length + 12)),
        name === "" ? "-" : code(name),
        scan.state === "done" ? "done" : code(scan.reason),
        scan.state === "done" ? countsIn(scan.counts) : "-",
        scan.state === "done" ? `${failing(scan.counts, threshold)}` : "-",
      ]),
    ),
    ...notesOn(found, rows).map((note) => `- ${code(note)}`),
    "",
  ].join("\n");
  return `${head}\n${fitting(open, room - head.length)}\n`;
}

const columns = ["severity", "id", "package", "version", "fixed in", "score", "platforms"];

/** As many findings as there is room for, and how many more there are. */
function fitting(rows: readonly FindingRow[], left: number): string {
  if (rows.length === 0) return "No findings.";
  const lines = tableOf(columns, []).split("\n");
  let length = lines.join("\n").length;
  for (const [index, row] of rows.entries()) {
    const line = lineOf(cellsOf(row));
    length += line.length + 1;
    if (length > left)
      return `${lines.join("\n")}\n\nThere is no room for ${rows.length - index} more findings; \`--json\` lists all.`;
    lines.push(line);
  }
  return lines.join("\n");
}

function cellsOf({ severity, id, url, packages, score, platforms, exploit }: FindingRow): string[] {
  const each = (text: (vulnerable: FindingRow["packages"][number]) => string | undefined) =>
    packages.map((one) => code(text(one) ?? "-")).join("<br>") || "-";
  return [
    severity,
    `${isPlainAddress(url) ? `[${code(id)}](${url})` : code(id)}${exploit ? " (exploited)" : ""}`,
    each(({ name }) => name),
    each(({ version }) => version),
    each(({ fixedIn }) => fixedIn),
    score === undefined ? "-" : score.toFixed(1),
    platforms.length === 0 ? "-" : platforms.map(code).join("<br>"),
  ];
}

const lineOf = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [lineOf(head), lineOf(head.map(() => "---")), ...rows.map(lineOf)].join("\n");

const countsIn = (counts: Readonly<Partial<Record<string, number>>>): string =>
  Object.entries(counts)
    .map(([severity, count]) => `${count} ${severity.toLowerCase()}`)
    .join(", ") || "none";

/** A text as code in a cell. A run of backticks ends code, and a bar ends a cell, also in code. */
function code(text: string): string {
  const safe = printable(text).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${safe}${fence}` : `${fence} ${safe} ${fence}`;
}

/** An address that cannot end the link that it is in. */
const isPlainAddress = (url: string | undefined): url is string =>
  /^https?:\/\/[^\s()<>|`\\]+$/.test(url ?? "");
