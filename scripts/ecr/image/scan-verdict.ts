import { setTimeout as sleep } from "node:timers/promises";
import type { Platform } from "./found-image";
import type { Scan } from "./scan";
import { failing, type Severity } from "./severity";

/** The scan of a platform's image. */
export interface PlatformScan extends Platform {
  readonly scan: Scan;
}

/** How long to wait, and how. */
export interface Patience {
  /** Seconds. */
  readonly timeout: number;
  /** Seconds between two looks. @default 5 */
  readonly interval?: number;
  /** @default - waits; tests give another one */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Wait until each scan is done or cannot be done, at most `timeout` seconds.
 *
 * @param scanOf looks at the scan of a digest
 */
export async function awaitScans(
  platforms: readonly Platform[],
  scanOf: (digest: string) => Promise<Scan>,
  { timeout, interval = 5, wait = sleep }: Patience,
): Promise<PlatformScan[]> {
  const look = () =>
    Promise.all(platforms.map(async (platform) => ({ ...platform, scan: await scanOf(platform.digest) })));
  let scans = await look();
  for (
    let waited = 0;
    waited < timeout && scans.some(({ scan }) => scan.state === "waiting");
    waited += interval
  ) {
    await wait(Math.min(interval, timeout - waited) * 1000);
    scans = await look();
  }
  return scans;
}

/**
 * Exit code of the gate: 0 if every scan is done and finds nothing that fails, 2 if one finds something, and otherwise 1. An
 * image that cannot be judged never passes.
 */
export function exitCodeOf(scans: readonly PlatformScan[], threshold: Severity): 0 | 1 | 2 {
  if (scans.some(({ scan }) => scan.state === "done" && failing(scan.counts, threshold) > 0)) return 2;
  return scans.length > 0 && scans.every(({ scan }) => scan.state === "done") ? 0 : 1;
}
