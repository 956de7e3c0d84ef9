import pc from "picocolors";
import type { AddressedRepository } from "../../../environments/plan/repository-addresses";
import { repositoryUrl } from "../../../modules/ecr/repository/repository-address";
import { sizeText } from "../../../modules/values/size-text";
import type { Scan } from "../image/scan";
import { severities } from "../image/severity";
import { rowsText } from "../rows";
import { written } from "../written";
import type { ImageRow } from "./image-row";
import { inBatches } from "./in-parallel";

/** How many images were seen, and how many of these the filters let through. */
export interface Counts {
  total: number;
  matching: number;
}

/** Rows of one table: a longer list is several tables, so that no more than this is held to find the widths. */
const tableSize = 1000;

/** Write images as they come, as a JSON object whose list is written entry by entry. */
export async function writeJson(
  repository: AddressedRepository,
  rows: AsyncIterable<ImageRow>,
  counts: Counts,
): Promise<void> {
  const { name, accountId, region } = repository;
  const head = { repository: name, accountId, region, url: repositoryUrl(repository) };
  await written(`${JSON.stringify(head, null, 2).slice(0, -2)},\n  "images": [`);
  let separator = "\n";
  for await (const row of rows) {
    await written(`${separator}    ${JSON.stringify(entryOf(row))}`);
    separator = ",\n";
  }
  await written(
    `${separator === "\n" ? "" : "\n  "}],\n  "matching": ${counts.matching},\n  "total": ${counts.total}\n}\n`,
  );
}

function entryOf({ scan, platforms, ...row }: ImageRow): object {
  return {
    digest: row.digest,
    tags: row.tags,
    kind: row.kind,
    sizeInBytes: row.size ?? null,
    pushedAt: row.pushed?.toISOString() ?? null,
    lastPulledAt: row.pulled?.toISOString() ?? null,
    status: row.status,
    ...(platforms !== undefined && { platforms }),
    scan: scan ?? null,
    signed: row.signed,
  };
}

/** Write images as tables, and how many there are on standard error. */
export async function writeText(
  repository: AddressedRepository,
  rows: AsyncIterable<ImageRow>,
  counts: Counts,
): Promise<void> {
  let shown = 0;
  for await (const batch of inBatches(rows, tableSize)) {
    shown += batch.length;
    const hasPlatforms = batch.some(({ platforms }) => platforms !== undefined);
    const head = [
      "tags",
      "digest",
      "kind",
      "size",
      "pushed",
      "pulled",
      ...(hasPlatforms ? ["platform"] : []),
    ];
    await written(
      rowsText(
        [...head, "scan", "signed"],
        batch.map((row) => cellsOf(row, hasPlatforms)),
      ),
    );
  }
  process.stderr.write(summary(repository.name, shown, counts));
}

function summary(name: string, shown: number, { matching, total }: Counts): string {
  const images = (count: number) => `${count} ${count === 1 ? "image" : "images"}`;
  const filtered = matching === total ? "" : `, ${matching} of which match`;
  const more = shown < matching ? `; the first ${shown} are shown, --limit all shows every one` : "";
  return `${name}: ${images(total)}${filtered}${more}.\n`;
}

function cellsOf(row: ImageRow, hasPlatforms: boolean): string[] {
  const { digest, tags, kind, size, pushed, pulled, status, platforms = [], scan, signed } = row;
  return [
    tags.join(" ") || pc.dim("-"),
    digest.slice(0, 19),
    status === "ACTIVE" ? kind : `${kind}, ${status.toLowerCase()}`,
    size === undefined ? "-" : sizeText(size),
    dateText(pushed),
    dateText(pulled),
    ...(hasPlatforms ? [platforms.join(" ") || "-"] : []),
    scanText(scan),
    signed ? pc.green("yes") : kind === "referrer" ? "-" : "no",
  ];
}

/** Date and time to the minute, in UTC. */
export const dateText = (date: Date | undefined): string =>
  date === undefined ? "-" : date.toISOString().slice(0, 16).replace("T", " ");

/** Number of findings by severity, from the worst, or why there is none. */
export function scanText(scan: Scan | null | undefined): string {
  if (scan === null || scan === undefined) return "-";
  if (scan.state !== "done") return scan.reason;
  const found = severities.flatMap((severity) => {
    const count = scan.counts[severity] ?? 0;
    return count === 0 ? [] : [`${count} ${severity.toLowerCase()}`];
  });
  const text = found.join(", ") || "no findings";
  return (scan.counts["CRITICAL"] ?? 0) > 0 ? pc.red(text) : text;
}
