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
  /** Each stream has it after each command. */
  private readonly endMark = randomUUID();

  constructor(folder: string) {
    const { folder: packed, code } = inject("compiledProject");
    this.process = fork(join(__dirname, "loaded-commands.cjs"), [packed, code, this.endMark], {
      ...{ cwd: folder, execArgv: [] },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.process.stdout, this.process.stderr]) stream?.setEncoding("utf8");
  }

  /**
   * Run a command.
   *
   * @param command the name of its script, and its arguments
   * @param variables its whole environment
   */
  run(command: readonly string[], variables: NodeJS.ProcessEnv): Promise<Ran> {
    const ran = this.last.then(async () => {
      const ended = Promise.all([
        once(this.process, "message"),
        this.printed(this.process.stdout),
        this.printed(this.process.stderr),
      ]);
      // Without the variables that are undefined, which JSON cannot hold.
      const message = JSON.parse(JSON.stringify({ command, variables }));
      await new Promise<void>((sent, failed) => {
        this.process.send(message, (error) => (error ? failed(error) : sent()));
      });
      const [[{ code }], stdout, stderr] = await ended;
      return { code, signal: null, stdout, stderr };
    });
    this.last = ran.catch(() => undefined);
    return ran;
  }

  /** What a command prints, with what its programs print. @throws Error with it when the process ends before the mark */
  private printed(stream: Readable | null): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = "";
      const failed = () => reject(new Error(`The process of the commands has ended. It printed: ${text}`));
      const add = (part: string) => {
        text += part;
        const end = text.indexOf(this.endMark);
        if (end < 0) return;
        stream?.off("data", add).off("close", failed);
        resolve(text.slice(0, end));
      };
      stream?.on("data", add);
      // It says why. Standard output may close before.
      if (stream === this.process.stderr) stream?.once("close", failed);
    });
  }

  stop(): void {
    this.process.kill("SIGKILL");
  }
}
