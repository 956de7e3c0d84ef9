import { type SeverityCounts, severities } from "../image/severity";
import type { Finding } from "./finding";

/** Number of findings by severity. */
export function countsOf(findings: readonly Pick<Finding, "severity">[]): SeverityCounts {
  const counts: Record<string, number> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

const rankOf = (severity: string): number => (severities as readonly string[]).indexOf(severity);

/** Findings from the worst to the mildest; those of one severity by score, then by ID. A severity that is not known comes first. */
export const fromTheWorst = <F extends Pick<Finding, "severity" | "score" | "id">>(
  findings: readonly F[],
): F[] =>
  findings.toSorted(
    (a, b) =>
      rankOf(a.severity) - rankOf(b.severity) ||
      (b.score ?? -1) - (a.score ?? -1) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
