import { interruptible } from "../runner/interruption";

/** Run something that only reads: Ctrl-C ends it with exit code 130, and a request that is on its way with it. */
export const reading = <T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> =>
  interruptible(run, () => "What was printed is incomplete; run the command again.");
