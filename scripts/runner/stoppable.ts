import { spawn } from "node:child_process";

/** How a program ended. */
export interface Ended {
  /** `null` after a signal. */
  readonly code: number | null;
  /** What it printed, standard error first, each without white space at its ends. */
  readonly printed: string;
}

const isWindows = process.platform === "win32";

/**
 * Run a program with no input, and wait until it and all that it has started are gone.
 *
 * @param options.signal stops it, with all that it has started
 * @throws Error when it cannot be started
 */
export function stoppable(
  [name = "", ...args]: readonly string[],
  {
    cwd,
    env,
    signal,
  }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<Ended> {
  return new Promise((done, failed) => {
    // A group of its own: Ctrl-C reaches only this process, which then stops the whole group.
    const child = spawn(name, args, {
      ...{ cwd, env, detached: !isWindows, shell: isWindows },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed = { stderr: "", stdout: "" };
    for (const stream of ["stderr", "stdout"] as const)
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        printed[stream] += text;
      });
    const stop = () => {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      if (isWindows) child.kill();
      else process.kill(-child.pid, "SIGTERM");
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    child.on("error", failed);
    child.on("close", (code) => {
      signal.removeEventListener("abort", stop);
      const texts = [printed.stderr, printed.stdout].map((text) => text.trim());
      done({ code, printed: texts.filter(Boolean).join("\n") });
    });
  });
}
