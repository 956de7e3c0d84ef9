import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Resources that one command used, from start to end. */
export interface Run {
  /** CPU time of all its processes, user and system. Varies less than the wall time if other programs are running. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Peak resident memory of its largest Node.js process. */
  readonly mebibytes: number;
}

/** Medians of this project's program and another one, and the median of the ratios of each pair of runs. */
export interface Comparison {
  readonly ours: Run;
  readonly other: Run;
  readonly ratio: Run;
}

/**
 * Run commands in turn (A B C A B C …), so that a temporary slowdown of the machine affects all of them.
 *
 * @param commands shell commands by name
 * @param afterWarmUp called after one round that is not counted
 * @returns the runs of each command, in order of the rounds
 */
export function measureInTurn<Name extends string>(
  commands: Readonly<Record<Name, string>>,
  rounds: number,
  afterWarmUp: () => void = () => undefined,
): Record<Name, Run[]> {
  const names = Object.keys(commands) as Name[];
  for (const name of names) measure(commands[name]);
  afterWarmUp();
  const runs = Object.fromEntries(names.map((name) => [name, [] as Run[]])) as Record<Name, Run[]>;
  for (let round = 0; round < rounds; round++)
    for (const name of names) runs[name].push(measure(commands[name]));
  return runs;
}

/** Compare runs of the same rounds. Figures are rounded as on the page, so what it states follows from what it shows. */
export function compareRuns(ours: readonly Run[], other: readonly Run[]): Comparison {
  return {
    ours: rounded(medians(ours), 0),
    other: rounded(medians(other), 0),
    ratio: rounded(medians(ours.map((run, round) => ratioOf(run, other[round] ?? run))), 2),
  };
}

const ratioOf = (a: Run, b: Run): Run => ({
  cpuSeconds: a.cpuSeconds / b.cpuSeconds,
  wallSeconds: a.wallSeconds / b.wallSeconds,
  mebibytes: a.mebibytes / b.mebibytes,
});

const medians = (runs: readonly Run[]): Run => ({
  cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
  wallSeconds: median(runs.map((run) => run.wallSeconds)),
  mebibytes: median(runs.map((run) => run.mebibytes)),
});

const rounded = ({ cpuSeconds, wallSeconds, mebibytes }: Run, memoryDecimals: number): Run => ({
  cpuSeconds: Number(cpuSeconds.toFixed(2)),
  wallSeconds: Number(wallSeconds.toFixed(2)),
  mebibytes: Number(mebibytes.toFixed(memoryDecimals)),
});

/** The middle value. The number of values must be odd. */
function median(values: readonly number[]): number {
  return values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * Measure a shell command. Only a shell's `time` counts the CPU time of every process; only the processes know their
 * peak memory.
 *
 * @throws Error if it fails
 * @see https://www.gnu.org/software/bash/manual/html_node/Pipelines.html for `time`
 */
export function measure(command: string): Run {
  const folder = mkdtempSync(join(tmpdir(), "bench-memory-"));
  const memoryFile = join(folder, "kibibytes");
  try {
    const { status, stderr } = spawnSync("bash", ["-c", `time { ${command}; } 2>&3`], {
      env: {
        ...process.env,
        LC_ALL: "C",
        TIMEFORMAT: "%R %U %S",
        NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, "resource-usage.js"))}`,
        BENCH_PEAK_MEMORY_FILE: memoryFile,
      },
      stdio: ["ignore", "ignore", "pipe", 2],
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${command} exited with code ${status}`);
    const [wallSeconds = Number.NaN, user = Number.NaN, system = Number.NaN] = stderr.split(" ").map(Number);
    const kibibytes = readFileSync(memoryFile, "utf8").trim().split("\n").map(Number);
    return { cpuSeconds: user + system, wallSeconds, mebibytes: Math.max(...kibibytes) / 1024 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
