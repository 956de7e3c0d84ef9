import type { ImageFindings, PlatformFindings } from "./image-findings";
import { fromTheWorst } from "./severity-counts";
import type { JudgedFinding } from "./suppress";

/** A finding, and the images in which it is. */
export interface FindingRow extends JudgedFinding {
  /** Names of the platforms, e.g. `linux/arm64`; empty for an image that is not in a list. */
  readonly platforms: readonly string[];
  readonly digests: readonly string[];
}

/** The findings of all platforms, the worst first. What several platforms have in the same packages is one row. */
export function findingRows({ platforms }: Pick<ImageFindings, "platforms">): FindingRow[] {
  const rows = new Map<string, FindingRow>();
  for (const platform of platforms)
    for (const finding of platform.findings) {
      const key = keyOf(finding);
      const row = rows.get(key);
      rows.set(key, {
        ...(row ?? finding),
        ...{ platforms: [...(row?.platforms ?? []), ...nameOf(platform)] },
        ...{ digests: [...(row?.digests ?? []), platform.digest] },
      });
    }
  return fromTheWorst([...rows.values()]);
}

/** Two scanners or two platforms can disagree on the severity, so it is part of what makes a row. */
const keyOf = ({ id, severity, packages, suppressedBy }: JudgedFinding): string =>
  JSON.stringify([id, severity, packages, suppressedBy === undefined]);

const nameOf = ({ name }: PlatformFindings): string[] => (name === "" ? [] : [name]);
