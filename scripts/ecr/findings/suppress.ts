import type { Finding } from "./finding";
import type { Suppression } from "./suppression-file";

/** A finding, and the entry of the file that suppresses it, if any. */
export interface JudgedFinding extends Finding {
  readonly suppressedBy: Suppression | undefined;
}

/** An entry that suppressed nothing, and why. */
export interface IdleSuppression {
  readonly suppression: Suppression;
  /** It expired, and does or would match; or no finding is the one that it names. */
  readonly why: "expired" | "unmatched";
}

/** The findings with what suppresses them, and the entries that suppress none of them. */
export interface Suppressed<F extends JudgedFinding = JudgedFinding> {
  readonly findings: readonly F[];
  readonly idle: readonly IdleSuppression[];
}

/**
 * Apply the entries of a file to the findings of images in one repository. An entry that has expired suppresses nothing. An
 * entry with a package suppresses a finding only if every package of the finding has that name: with another vulnerable
 * package, the finding stays.
 *
 * @param repository short name; entries for other repositories are not looked at
 * @param today in UTC, as `YYYY-MM-DD`
 */
export function suppress<F extends Finding>(
  findings: readonly F[],
  suppressions: readonly Suppression[],
  repository: string,
  today: string,
): Suppressed<F & JudgedFinding> {
  const relevant = suppressions.filter((entry) => (entry.repository ?? repository) === repository);
  const byId = new Map<string, Suppression[]>();
  for (const entry of relevant) byId.set(entry.id, [...(byId.get(entry.id) ?? []), entry]);
  const used = new Set<Suppression>();
  const judged = findings.map((finding) => {
    const matching = (byId.get(finding.id) ?? []).filter((entry) => covers(entry, finding));
    const suppressedBy = matching.find((entry) => !hasExpired(entry, today));
    if (suppressedBy !== undefined) used.add(suppressedBy);
    return { ...finding, suppressedBy };
  });
  return {
    findings: judged,
    idle: relevant
      .filter((entry) => !used.has(entry))
      .flatMap((suppression): IdleSuppression[] => {
        if (hasExpired(suppression, today)) return [{ suppression, why: "expired" }];
        return findings.some((finding) => finding.id === suppression.id && covers(suppression, finding))
          ? []
          : [{ suppression, why: "unmatched" }];
      }),
  };
}

const covers = (entry: Suppression, { packages }: Finding): boolean =>
  entry.package === undefined ||
  (packages.length > 0 && packages.every(({ name }) => name === entry.package));

/** `expires` is the last day on which it counts. */
const hasExpired = ({ expires }: Suppression, today: string): boolean => expires < today;

/** What to do about an entry that suppressed nothing, in a line. */
export function idleText({ suppression, why }: IdleSuppression): string {
  const { source, id, expires, package: name } = suppression;
  const what = `${id}${name === undefined ? "" : ` in ${name}`}`;
  return why === "expired"
    ? `${source}: the suppression of ${what} expired on ${expires}; fix the finding, or give the entry a new date.`
    : `${source}: no finding of the image is ${what}; remove the entry if no other image has it.`;
}
