import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Resources that one process used, from start to end. */
export interface Run {
  readonly wallSeconds: number;
  /** CPU time, user and system. Varies less than the wall time if other programs are running. */
  readonly cpuSeconds: number;
  /** Peak resident memory. */
  readonly mebibytes: number;
}

/** Medians of two programs, and the median of the ratios of each pair of runs. */
export interface Comparison {
  readonly a: Run;
  readonly b: Run;
  readonly ratio: Run;
}

/** A program to measure: arguments for `node`, and environment variables in addition to those of this process. */
export interface Program {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Measured runs of each program, after one warm-up. Odd, so that the median is one of them. */
export const countedRuns = 5;

/**
 * Measure two programs. They alternate (A B A B …) and ratios are taken for each pair, so that a temporary slowdown of
 * the machine affects both.
 *
 * @param afterWarmUp called after the warm-up runs, which are not counted
 */
export function compare(a: Program, b: Program, afterWarmUp: () => void = () => undefined): Comparison {
  measure(a);
  measure(b);
  afterWarmUp();
  const pairs = Array.from({ length: countedRuns }, () => ({ a: measure(a), b: measure(b) }));
  return {
    a: medians(pairs.map((pair) => pair.a)),
    b: medians(pairs.map((pair) => pair.b)),
    ratio: medians(
      pairs.map((pair) => ({
        wallSeconds: pair.a.wallSeconds / pair.b.wallSeconds,
        cpuSeconds: pair.a.cpuSeconds / pair.b.cpuSeconds,
        mebibytes: pair.a.mebibytes / pair.b.mebibytes,
      })),
    ),
  };
}

function measure({ args, env }: Program): Run {
  const start = process.hrtime.bigint();
  const { status, output } = spawnSync(
    process.execPath,
    ["--require", join(__dirname, "resource-usage.js"), ...args],
    {
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit", "pipe"],
      encoding: "utf8",
    },
  );
  const wallSeconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`node ${args.join(" ")} exited with code ${status}`);
  const usage = JSON.parse(output[3] ?? "") as NodeJS.ResourceUsage;
  return {
    wallSeconds,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    mebibytes: usage.maxRSS / 1024,
  };
}

function medians(runs: readonly Run[]): Run {
  return {
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    mebibytes: median(runs.map((run) => run.mebibytes)),
  };
}

/** Median wall times of two commands, in seconds, and the median of the ratios of each pair of runs. */
export interface CommandComparison {
  readonly a: number;
  readonly b: number;
  readonly ratio: number;
}

/** Measure the wall times of two shell commands, which alternate as in {@link compare}. */
export function compareCommands(a: string, b: string): CommandComparison {
  wallSecondsOf(a);
  wallSecondsOf(b);
  const pairs = Array.from({ length: countedRuns }, () => ({ a: wallSecondsOf(a), b: wallSecondsOf(b) }));
  return {
    a: median(pairs.map((pair) => pair.a)),
    b: median(pairs.map((pair) => pair.b)),
    ratio: median(pairs.map((pair) => pair.a / pair.b)),
  };
}

function wallSecondsOf(command: string): number {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(command, { shell: true, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${command} exited with code ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The middle value. The number of values must be odd. */
function median(values: readonly number[]): number {
  return values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? Number.NaN;
}
