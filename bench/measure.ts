import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What one process took, from its start to its end. */
export interface Run {
  readonly wallSeconds: number;
  /** Time on a processor, user and system. Steadier than the wall time when other programs are running. */
  readonly cpuSeconds: number;
  /** Peak resident memory. */
  readonly mebibytes: number;
}

/** Medians of two programs, and the median of each pair's ratio. */
export interface Comparison {
  readonly a: Run;
  readonly b: Run;
  readonly ratio: Run;
}

/** What is measured: arguments of `node`, and variables besides those of this process. */
export interface Program {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const countedRuns = 5;

/**
 * Measure two programs. They take turns (A B A B …) and ratios are taken pair by pair, so that a slow minute of the
 * machine hits both.
 *
 * @param afterWarmUp called after one run of each that is not counted
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
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with exit code ${status}`);
  const used = JSON.parse(output[3] ?? "") as NodeJS.ResourceUsage;
  return {
    wallSeconds,
    cpuSeconds: (used.userCPUTime + used.systemCPUTime) / 1e6,
    mebibytes: used.maxRSS / 1024,
  };
}

function medians(runs: readonly Run[]): Run {
  return {
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    mebibytes: median(runs.map((run) => run.mebibytes)),
  };
}

/** Medians of what a person waits for two commands, and the median of each pair's ratio. */
export interface Waiting {
  readonly a: number;
  readonly b: number;
  readonly ratio: number;
}

/** Measure two commands of the shell, in seconds from start to end, in turns as {@link compare} does. */
export function compareCommands(a: string, b: string): Waiting {
  wait(a);
  wait(b);
  const pairs = Array.from({ length: countedRuns }, () => ({ a: wait(a), b: wait(b) }));
  return {
    a: median(pairs.map((pair) => pair.a)),
    b: median(pairs.map((pair) => pair.b)),
    ratio: median(pairs.map((pair) => pair.a / pair.b)),
  };
}

function wait(command: string): number {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(command, { shell: true, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${command} ended with exit code ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The middle one of an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? Number.NaN;
}
