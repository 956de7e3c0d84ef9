import { CommandError } from "../runner/command";

/** Where and how commands of a trial run. */
export interface TrialPlace {
  /** Copy of the project. */
  readonly folder: string;
  /** All their environment variables. */
  readonly variables: Readonly<Record<string, string>>;
}

/** How a command ended. */
export interface Ended {
  readonly exitCode: number;
  /** Standard output and standard error as they arrived. */
  readonly output: string;
  readonly stdout: string;
}

/** Only a trial loads it. It is an ES module; version 10 needs Node.js 22. */
const library = () => import("execa");

/**
 * Run a command in a trial, without a terminal.
 *
 * It has a process group of its own, so Ctrl-C does not reach it: when the trial ends, the whole group is killed, and with
 * it Terraform and its plugins.
 *
 * @param settings.onLine receives each line of standard output
 * @throws CommandError when the trial ends
 */
export async function runInTrial(
  { folder, variables }: TrialPlace,
  [name = "", ...args]: readonly string[],
  settings: { readonly end: AbortSignal; readonly onLine?: (line: string) => void },
): Promise<Ended> {
  const { execa } = await library();
  const running = execa(name, args, {
    cwd: folder,
    env: variables,
    ...{ extendEnv: false, detached: true, cleanup: false, reject: false, all: true, stdin: "ignore" },
  });
  const kill = () => killGroup(running.pid);
  settings.end.addEventListener("abort", kill);
  if (settings.end.aborted) kill();
  try {
    if (settings.onLine !== undefined) for await (const line of running) settings.onLine(String(line));
    const { exitCode, all, stdout, failed, originalMessage } = await running;
    if (exitCode === undefined && failed && !settings.end.aborted)
      throw new CommandError(`${name} could not be run: ${originalMessage}`);
    return { exitCode: exitCode ?? 1, output: String(all), stdout: String(stdout) };
  } finally {
    settings.end.removeEventListener("abort", kill);
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/**
 * Run a command in a trial in place of this one: with this terminal, and with its exit code.
 *
 * @throws CommandError when it cannot be started
 */
export async function runInstead(
  { folder, variables }: TrialPlace,
  [name = "", ...args]: readonly string[],
): Promise<number> {
  const { execa } = await library();
  // The terminal sends Ctrl-C to the command as well. What it does with it decides.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
  const { exitCode, failed, originalMessage, signal } = await execa(name, args, {
    cwd: folder,
    env: variables,
    ...{ extendEnv: false, reject: false, stdio: "inherit" },
  });
  if (exitCode === undefined && failed && signal === undefined)
    throw new CommandError(`${name} could not be started: ${originalMessage}`);
  return exitCode ?? 1;
}
