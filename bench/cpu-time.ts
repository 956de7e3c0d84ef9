import { readFileSync } from "node:fs";

/** Clock ticks of a second in `/proc`, the same on every Linux that Node.js runs on: `getconf CLK_TCK`. */
const ticks = 100;

/**
 * CPU seconds, user and system, of this process and of those that it has started and that have ended, with theirs. Node.js
 * itself tells only its own.
 *
 * @returns undefined where there is no `/proc`
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html utime, stime, cutime and cstime
 */
export function cpuSeconds(): number | undefined {
  let stat: string;
  try {
    stat = readFileSync("/proc/self/stat", "utf8");
  } catch {
    return undefined;
  }
  // The second field is the name of the program in parentheses, which may hold spaces.
  const [, , , , , , , , , , , ...times] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  return times.slice(0, 4).reduce((sum, time) => sum + time, 0) / ticks;
}
