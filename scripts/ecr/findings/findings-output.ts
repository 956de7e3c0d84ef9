import { counted } from "../../../modules/values/counted";
import { printable } from "../../review/report/printable";
import { asText as countsText } from "../image/scan-output";
import { exitCodeOf } from "../image/scan-verdict";
import { failing, type Severity } from "../image/severity";
import { newTable } from "../table";
import type { Finding } from "./finding";
import { type FindingRow, findingRows } from "./finding-rows";
import { type ImageFindings, remainingScans } from "./image-findings";
import { colouredSeverity } from "./severity-colour";
import { idleText } from "./suppress";

/** Most findings in a table, which people read; `--json` has all. */
const listedAtMost = 200;

/** Findings of each severity for each platform, a table with the findings themselves, and a line with the verdict. */
export function asText(found: ImageFindings, threshold: Severity, colours: boolean): string {
  const rows = findingRows(found);
  const open = rows.filter(({ suppressedBy }) => suppressedBy === undefined);
  const table = newTable(["severity", "id", "package", "version", "fixed in", "score", "platforms"]);
  for (const row of open.slice(0, listedAtMost)) table.push(cellsOf(row, colours));
  const more = open.length - listedAtMost;
  return [
    ...(open.length === 0 ? [] : [table.toString()]),
    ...(more > 0 ? [`and ${counted(more, "more finding", "more findings")}; --json lists all`] : []),
    ...notesOn(found, rows),
    countsText(found.image, remainingScans(found.platforms), threshold),
  ].join("\n");
}

function cellsOf(row: FindingRow, colours: boolean): string[] {
  const { severity, id, packages, score, platforms, exploit } = row;
  const each = (text: (vulnerable: Finding["packages"][number]) => string | undefined) =>
    packages.length === 0 ? "-" : packages.map((one) => printable(text(one) ?? "-")).join("\n");
  return [
    colouredSeverity(severity, colours),
    `${printable(id)}${exploit ? " (exploited)" : ""}`,
    each(({ name }) => name),
    each(({ version }) => version),
    each(({ fixedIn }) => fixedIn),
    score === undefined ? "-" : score.toFixed(1),
    platforms.length === 0 ? "-" : platforms.join(" "),
  ];
}

/** What the table does not show: suppressed findings, entries that suppress nothing, and what basic scans do not tell. */
export function notesOn({ idle, platforms }: ImageFindings, rows: readonly FindingRow[]): string[] {
  const suppressed = rows.filter(({ suppressedBy }) => suppressedBy !== undefined);
  const basic = platforms.some(({ scanType }) => scanType === "BASIC");
  return [
    ...suppressed.map(
      ({ id, severity, suppressedBy }) =>
        `Suppressed until ${suppressedBy?.expires}: ${printable(id)} (${severity}): ${printable(suppressedBy?.reason ?? "")}`,
    ),
    ...idle.map(idleText),
    ...(basic ? ["Basic scans do not tell whether a fix exists, so --fixable leaves nothing out."] : []),
  ];
}

/** The same as JSON. */
export function asJson(found: ImageFindings, threshold: Severity): object {
  const scans = remainingScans(found.platforms);
  return {
    image: found.image,
    digest: found.digest,
    repository: found.repositoryName,
    threshold,
    passed: exitCodeOf(scans, threshold) === 0,
    images: found.platforms.map(({ digest, name, scan, scanType, completedAt }, index) => {
      const counts = scans[index]?.scan;
      return {
        digest,
        platform: name === "" ? null : name,
        scan: scan.state,
        ...(scan.state !== "done" && { reason: scan.reason }),
        scanType: scanType ?? null,
        completedAt: completedAt?.toISOString() ?? null,
        ...(counts?.state === "done" && {
          findings: counts.counts,
          failing: failing(counts.counts, threshold),
        }),
      };
    }),
    findings: findingRows(found).map(({ suppressedBy, firstSeen, ...row }) => ({
      ...row,
      exploit: row.exploit ?? null,
      score: row.score ?? null,
      url: row.url ?? null,
      firstSeen: firstSeen?.toISOString() ?? null,
      suppressed:
        suppressedBy === undefined ? null : { reason: suppressedBy.reason, expires: suppressedBy.expires },
    })),
    idleSuppressions: found.idle.map(({ suppression, why }) => ({ ...suppression, why })),
  };
}
