import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { inject } from "vitest";
import type { Ran } from "./ran";

/** Commands of a compiled copy of the project that run one after the other in one process. */
export class LoadedCommands {
  private readonly process: ChildProcess;
  private last: Promise<unknown> = Promise.resolve();
  /** Each stream ends with it after each command. */
  private readonly endMark = randomUUID();

  constructor(folder: string) {
    const { folder: packed, code } = inject("compiledProject");
    this.process = fork(join(__dirname, "loaded-commands.cjs"), [packed, code], {
      ...{ cwd: folder, execArgv: [] },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
  }

  /**
   * Run a command.
   *
   * @param command the name of its script, and its arguments
   * @param variables its whole environment
   */
  run(command: readonly string[], variables: NodeJS.ProcessEnv): Promise<Ran> {
    const ran = this.last.then(async () => {
      const exited = once(this.process, "exit").then(([code]) => {
        throw new Error(`The process of the commands ended with ${code} at ${command.join(" ")}`);
      });
      const { endMark } = this;
      const ended = Promise.all([
        once(this.process, "message"),
        this.printed(this.process.stdout),
        this.printed(this.process.stderr),
      ]);
      // Without the variables that are undefined, which JSON cannot hold.
      this.process.send(JSON.parse(JSON.stringify({ command, variables, endMark })));
      const [[{ code }], stdout, stderr] = await Promise.race([ended, exited]);
      exited.catch(() => undefined);
      return { code, signal: null, stdout, stderr };
    });
    this.last = ran.catch(() => undefined);
    return ran;
  }

  /** What a command prints, with what its programs print. */
  private printed(stream: Readable | null): Promise<string> {
    return new Promise((resolve) => {
      let text = "";
      stream?.setEncoding("utf8").on("data", (part: string) => {
        text += part;
        if (!text.endsWith(this.endMark)) return;
        stream.removeAllListeners("data");
        resolve(text.slice(0, -this.endMark.length));
      });
    });
  }

  stop(): void {
    this.process.kill("SIGKILL");
  }
}
