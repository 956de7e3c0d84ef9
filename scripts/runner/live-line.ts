import { stripVTControlCharacters } from "node:util";
import { StatusLine } from "./status-line";

/** How often the line shows the time. */
const secondMs = 1000;

/** Something that takes a while. */
export interface LiveTask {
  /** E.g. `compute-dev: apply`. */
  readonly label: string;
  /** How far it is, e.g. `12 of 24`; empty if that is not known. */
  progress(): string;
}

/**
 * What is being done, in the last line of a terminal, with the time that it has taken: `compute-dev: apply, 12 of 24, 41 s`. What
 * is printed meanwhile appears above. Where standard error is no terminal, nothing.
 */
export class LiveLine {
  private readonly tasks = new Map<LiveTask, number>();
  private timer: NodeJS.Timeout | undefined;
  private readonly line: StatusLine;
  /** Whether the cursor is at the start of a line: no question waits for its answer there. */
  private atLineStart = true;

  constructor(
    private readonly output: NodeJS.WriteStream = process.stderr,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.line = new StatusLine(output);
  }

  /** Whether there is a terminal that can write over a line. */
  get isShown(): boolean {
    return this.output.isTTY === true && process.env["TERM"] !== "dumb";
  }

  /** Show a task. @returns a function that ends it */
  begin(task: LiveTask): () => void {
    if (!this.isShown) return () => undefined;
    this.tasks.set(task, this.now());
    this.timer ??= setInterval(() => this.draw(), secondMs).unref();
    this.draw();
    return () => {
      this.tasks.delete(task);
      this.draw();
      if (this.tasks.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  /** Print text above the line. */
  above(text: string, print: () => void): void {
    this.line.clear();
    print();
    const visible = stripVTControlCharacters(text);
    if (visible !== "") this.atLineStart = visible.endsWith("\n");
    this.draw();
  }

  private draw(): void {
    if (this.tasks.size === 0 || !this.atLineStart) this.line.clear();
    else this.line.show([...this.tasks].map(([task, since]) => this.textOf(task, since)).join(" | "));
  }

  private textOf({ label, progress }: LiveTask, since: number): string {
    const seconds = Math.floor((this.now() - since) / secondMs);
    return [label, progress(), `${seconds} s`].filter(Boolean).join(", ");
  }
}

/** The line of this process. */
export const liveLine = new LiveLine();
