import { writeSync } from "node:fs";

/**
 * Loaded into a measured program with `node --require`, so that the program itself knows nothing of it: writes what
 * the process has used to the pipe that `measure.ts` opens as file descriptor 3.
 */
process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));
