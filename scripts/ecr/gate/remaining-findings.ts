import type { GateException } from "../../../environments/options/image-gate";
import { fails, type Severity, type SeverityCounts } from "../image/severity";

/** A finding, as far as the gate looks at it. */
export interface GateFinding {
  /** E.g. `CVE-2024-3094`. */
  readonly id: string;
  readonly severity: string;
}

/** Exceptions for the image that are valid, and those of them that have set something aside. */
interface FindingExceptions {
  readonly exceptions: readonly GateException[];
  readonly used: Set<GateException>;
}

/** IDs that a message names. */
const shown = 5;

/**
 * The findings that refuse an image, as the end of a sentence; `undefined` if there are none.
 *
 * ECR counts findings and lists them. Of each severity, the greater number counts, so that what one of the two does not show
 * still refuses. An exception for a finding takes those away that the list shows.
 */
export function remainingFindings(
  counts: SeverityCounts,
  findings: readonly GateFinding[],
  threshold: Severity,
  { exceptions, used }: FindingExceptions,
): string | undefined {
  const failing = findings.filter(({ severity }) => fails(severity, threshold));
  const known = [...Object.keys(counts), ...failing.map(({ severity }) => severity)];
  const severities = [...new Set(known)].filter((severity) => fails(severity, threshold));
  const listed = (severity: string) => failing.filter((finding) => finding.severity === severity).length;
  const total = severities.reduce(
    (sum, severity) => sum + Math.max(counts[severity] ?? 0, listed(severity)),
    0,
  );
  if (total === 0) return undefined;
  const whole = exceptions.filter(({ finding }) => finding === undefined);
  for (const one of whole) used.add(one);
  if (whole.length > 0) return undefined;
  const excepted = new Map(exceptions.map((exception) => [exception.finding, exception]));
  const left = failing.filter(({ id }) => {
    const exception = excepted.get(id);
    if (exception !== undefined) used.add(exception);
    return exception === undefined;
  });
  const number = total - (failing.length - left.length);
  return number === 0 ? undefined : textOf(number, left, threshold);
}

function textOf(number: number, left: readonly GateFinding[], threshold: Severity): string {
  const ids = [...new Set(left.map(({ id }) => id))].toSorted();
  const more = ids.length > shown ? ` and ${ids.length - shown} more` : "";
  const named = ids.length === 0 ? "" : `: ${ids.slice(0, shown).join(", ")}${more}`;
  const what = threshold === "CRITICAL" ? "CRITICAL" : `${threshold} or worse`;
  return `has ${number} ${number === 1 ? "finding that is" : "findings that are"} ${what}${named}`;
}
