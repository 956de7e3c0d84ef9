import { appendFileSync } from "node:fs";

/**
 * Adds the peak memory of this process, in KiB, to a file that `measure.ts` reads. Loaded into every Node.js process of
 * a measured command with `--require` in NODE_OPTIONS, so that the programs need no change.
 */
const file = process.env["BENCH_PEAK_MEMORY_FILE"];
if (file !== undefined) process.on("exit", () => appendFileSync(file, `${process.resourceUsage().maxRSS}\n`));
