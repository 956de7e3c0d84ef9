import { newTable } from "../table";
import { exitCodeOf, type PlatformScan } from "./scan-verdict";
import { failing, type Severity, severities } from "./severity";

/** A table with the findings of each platform's image, and a line with the verdict. */
export const asText = (image: string, scans: readonly PlatformScan[], threshold: Severity): string =>
  `${scanTable(scans)}\n${verdict(image, scans, threshold)}\n`;

/** A table with the findings of each platform's image. */
export function scanTable(scans: readonly PlatformScan[]): string {
  const found = new Set(scans.flatMap(({ scan }) => (scan.state === "done" ? Object.keys(scan.counts) : [])));
  const columns = [
    ...severities.slice(0, 5),
    ...[...found].filter((severity) => !(severities.slice(0, 5) as string[]).includes(severity)).toSorted(),
  ];
  const table = newTable(["image", "platform", ...columns.map((severity) => severity.toLowerCase()), "scan"]);
  for (const { digest, name, scan } of scans)
    table.push([
      digest.slice(0, "sha256:".length + 12),
      name === "" ? "-" : name,
      ...columns.map((severity) => (scan.state === "done" ? (scan.counts[severity] ?? 0) : "-")),
      scan.state === "done" ? "done" : scan.reason,
    ]);
  return table.toString();
}

/** The same as JSON. */
export function asJson(
  image: string,
  digest: string,
  scans: readonly PlatformScan[],
  threshold: Severity,
): object {
  return {
    image,
    digest,
    severity: threshold,
    passed: exitCodeOf(scans, threshold) === 0,
    images: scans.map(({ digest: of, name, scan }) => ({
      digest: of,
      platform: name === "" ? null : name,
      ...(scan.state === "done"
        ? { scan: "done", findings: scan.counts, failing: failing(scan.counts, threshold) }
        : { scan: scan.state, reason: scan.reason }),
    })),
  };
}

function verdict(image: string, scans: readonly PlatformScan[], threshold: Severity): string {
  const orWorse = threshold === "CRITICAL" ? "CRITICAL" : `${threshold} or worse`;
  const sum = scans.reduce(
    (total, { scan }) => total + (scan.state === "done" ? failing(scan.counts, threshold) : 0),
    0,
  );
  if (sum > 0) return `${image} fails: ${sum} ${sum === 1 ? "finding is" : "findings are"} ${orWorse}.`;
  if (scans.length === 0) return `${image} cannot be judged: its manifest list has no image.`;
  const unjudged = scans.filter(({ scan }) => scan.state !== "done").length;
  if (unjudged > 0)
    return `${image} cannot be judged: ${unjudged} of ${scans.length} ${scans.length === 1 ? "image has" : "images have"} no finished scan. To start a basic scan: npm run ecr -- rescan`;
  return `${image} passes: no finding is ${orWorse}.`;
}
