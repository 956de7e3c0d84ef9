import { writeSync } from "node:fs";

/**
 * Writes the resource usage of the process to file descriptor 3, a pipe from `measure.ts`. Loaded into a measured program
 * with `node --require`, so that the program itself needs no change.
 */
process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));
