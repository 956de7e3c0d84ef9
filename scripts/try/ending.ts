import { constants } from "node:os";
import { CommandError } from "../runner/command";

/** Why a trial ends: a signal, or `--down` in another terminal. */
type Reason = NodeJS.Signals | "down";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The end of a trial, for which nothing has to wait: what is stopped in its middle is removed. */
export class Ending {
  private readonly controller = new AbortController();
  private reason: Reason | undefined;

  constructor() {
    // Later signals change nothing: what removes the trial takes a moment, and must not be stopped.
    for (const signal of signals) process.on(signal, () => this.begin(signal));
  }

  readonly begin = (reason: Reason): void => {
    this.reason ??= reason;
    this.controller.abort();
  };

  /** Is aborted when the trial has to end. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Settles when the trial has to end. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      if (this.signal.aborted) resolve();
      else this.signal.addEventListener("abort", () => resolve());
    });
  }

  /** @throws CommandError when the trial has to end, with exit code 128 plus the number of the signal, as in a shell */
  check(): void {
    if (this.reason === undefined) return;
    const code = this.reason === "down" ? 1 : 128 + constants.signals[this.reason];
    throw new CommandError("Stopped before the trial was ready.", code);
  }
}
