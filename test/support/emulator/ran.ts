import { spawn } from "node:child_process";

/** How a command ended, and all it printed. */
export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Run a command without a terminal, in a process group of its own.
 *
 * @param options.input what it finds at its standard input. @default - nothing
 */
export function runCommand(
  [name = "", ...args]: readonly string[],
  { cwd, env, input }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly input?: string },
): Promise<Ran> {
  return new Promise((done, failed) => {
    const stdin = input === undefined ? "ignore" : "pipe";
    const child = spawn(name, args, { cwd, env, stdio: [stdin, "pipe", "pipe"], detached: true });
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin?.end(input);
    child.on("error", failed);
    child.on("close", (code, signal) => done({ code, signal, stdout, stderr }));
  });
}
