import type { Platform } from "../image/found-image";
import type { Scan } from "../image/scan";
import type { PlatformScan } from "../image/scan-verdict";
import type { Finding } from "./finding";
import type { ScanFindings } from "./read-findings";
import { countsOf } from "./severity-counts";
import { type IdleSuppression, type JudgedFinding, suppress } from "./suppress";
import type { Suppression } from "./suppression-file";

/** The image of a platform, with what its scan found. */
export interface PlatformFindings extends Platform {
  readonly scan: Scan;
  readonly scanType: ScanFindings["scanType"];
  readonly completedAt: Date | undefined;
  readonly findings: readonly JudgedFinding[];
}

/** What the scans of an image found: one entry for each platform. */
export interface ImageFindings {
  /** As the command line names it. */
  readonly image: string;
  /** Name in ECR. */
  readonly repositoryName: string;
  readonly digest: string;
  readonly platforms: readonly PlatformFindings[];
  /** Entries of the suppression file that suppress nothing in this image. */
  readonly idle: readonly IdleSuppression[];
}

/** Which findings count. */
export interface Choice {
  /** Only those with a fix. A finding of which the scan does not tell stays. @default false */
  readonly fixable?: boolean;
  readonly suppressions: readonly Suppression[];
  /** Short name of the repository. */
  readonly repository: string;
  /** In UTC, as `YYYY-MM-DD`. */
  readonly today: string;
}

/** The findings of each platform with what suppresses them. An entry is idle only if it is for every platform. */
export function judged(
  platforms: readonly (Platform & ScanFindings)[],
  { fixable = false, suppressions, repository, today }: Choice,
): Pick<ImageFindings, "platforms" | "idle"> {
  const of = platforms.map((platform) => ({
    platform,
    outcome: suppress(platform.findings, suppressions, repository, today),
  }));
  const counted = (finding: Finding) => !fixable || finding.fix !== "no";
  const [first = { outcome: suppress([], suppressions, repository, today) }, ...others] = of;
  const allDone = platforms.length > 0 && platforms.every(({ scan }) => scan.state === "done");
  return {
    platforms: of.map(({ platform, outcome }) => ({
      ...platform,
      findings: outcome.findings.filter(counted),
    })),
    // What an unfinished scan will find is not known.
    idle: first.outcome.idle.filter(
      ({ suppression, why }) =>
        (why === "expired" || allDone) &&
        others.every(({ outcome }) => outcome.idle.some((other) => other.suppression === suppression)),
    ),
  };
}

/** The scans as the gate judges them: without what is suppressed and what does not count. */
export const remainingScans = (platforms: readonly PlatformFindings[]): PlatformScan[] =>
  platforms.map(({ digest, name, scan, findings }) => ({
    digest,
    name,
    scan:
      scan.state === "done"
        ? {
            state: "done",
            counts: countsOf(findings.filter(({ suppressedBy }) => suppressedBy === undefined)),
          }
        : scan,
  }));
