import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** One run of a program, from the start of its process to its end. */
export interface Run {
  readonly milliseconds: number;
  /** Peak resident memory of the Node.js process; children of its own are not in it. */
  readonly mebibytes: number;
}

/** What is measured: arguments of `node`, and variables besides those of this process. */
export interface Program {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const countedRuns = 5;

/**
 * Medians of two programs. They take turns (A B A B …), so that a slow minute of the machine hits both.
 *
 * @param afterWarmUp called after one run of each that is not counted
 */
export function compare(
  a: Program,
  b: Program,
  afterWarmUp: () => void = () => undefined,
): { a: Run; b: Run } {
  measure(a);
  measure(b);
  afterWarmUp();
  const runs = Array.from({ length: countedRuns }, () => ({ a: measure(a), b: measure(b) }));
  return { a: medianRun(runs.map((run) => run.a)), b: medianRun(runs.map((run) => run.b)) };
}

function measure({ args, env }: Program): Run {
  const start = process.hrtime.bigint();
  const { status, output } = spawnSync(
    process.execPath,
    ["--require", join(__dirname, "peak-memory.js"), ...args],
    {
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit", "pipe"],
      encoding: "utf8",
    },
  );
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with exit code ${status}`);
  return { milliseconds, mebibytes: Number(output[3]) / 1024 };
}

function medianRun(runs: readonly Run[]): Run {
  return {
    milliseconds: median(runs.map((run) => run.milliseconds)),
    mebibytes: median(runs.map((run) => run.mebibytes)),
  };
}

/** The middle one of an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? Number.NaN;
}
