import { afterAll } from "vitest";
import { cpuSeconds } from "../../bench/cpu-time";

declare module "vitest" {
  interface TaskMeta {
    /** Of a file: CPU seconds from the end of the one before in the same process, with those of all that it started. */
    cpuSeconds?: number;
  }
}

/** What the process had used when the last file ended. Other modules of this process keep nothing of a file. */
const process = globalThis as { cpuSecondsBefore?: number };

// Registered before every other hook, so it runs after them.
// biome-ignore lint/correctness/noEmptyPattern: vitest reads from this parameter which fixtures the hook needs.
afterAll(({}, file) => {
  const now = cpuSeconds();
  if (now === undefined) return;
  file.meta.cpuSeconds = now - (process.cpuSecondsBefore ?? 0);
  process.cpuSecondsBefore = now;
});
