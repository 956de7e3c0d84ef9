import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { inject } from "vitest";
import type { Ran } from "./ran";

/** Commands of a compiled copy of the project that run one after the other in one process. */
export class LoadedCommands {
  private readonly process: ChildProcess;
  private last: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    const { folder: packed, code } = inject("compiledProject");
    const options = { cwd: folder, execArgv: [] };
    this.process = fork(join(__dirname, "loaded-commands.cjs"), [packed, code], options);
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
      const answer = once(this.process, "message");
      // Without the variables that are undefined, which JSON cannot hold.
      this.process.send(JSON.parse(JSON.stringify({ command, variables })));
      const [result] = await Promise.race([answer, exited]);
      exited.catch(() => undefined);
      return { signal: null, ...result };
    });
    this.last = ran.catch(() => undefined);
    return ran;
  }

  stop(): void {
    this.process.kill("SIGKILL");
  }
}
