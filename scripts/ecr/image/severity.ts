/**
 * Severities of findings, from the worst. `UNTRIAGED` and `UNDEFINED` have none yet.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html
 */
export const severities = [
  "CRITICAL",
  "HIGH",
  "MEDIUM",
  "LOW",
  "INFORMATIONAL",
  "UNTRIAGED",
  "UNDEFINED",
] as const;

export type Severity = (typeof severities)[number];

/** Number of findings by severity. */
export type SeverityCounts = Readonly<Partial<Record<string, number>>>;

/** Whether a finding of a severity fails a gate. A severity that this list lacks does: nobody knows how bad it is. */
export function fails(severity: string, threshold: Severity): boolean {
  const rank = severities.indexOf(severity as Severity);
  return rank <= severities.indexOf(threshold);
}

/** Number of findings that fail a gate. */
export const failing = (counts: SeverityCounts, threshold: Severity): number =>
  Object.entries(counts).reduce(
    (sum, [severity, number = 0]) => sum + (fails(severity, threshold) ? number : 0),
    0,
  );
