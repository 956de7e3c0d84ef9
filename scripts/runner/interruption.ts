import { constants } from "node:os";
import { CommandError } from "./command";

/** The signals that end a command: Ctrl-C, a pipeline that is cancelled, a terminal that is closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Run something that a signal stops: the first one through the abort signal, so that it can end cleanly, a second one at
 * once.
 *
 * @param consequence what a stop leaves behind, and how to continue, as a sentence
 * @throws CommandError after a signal, with exit code 128 plus its number, as in a shell
 */
export async function interruptible<T>(
  run: (signal: AbortSignal) => Promise<T>,
  consequence: () => string,
): Promise<T> {
  const controller = new AbortController();
  let received: (typeof signals)[number] | undefined;
  const stop = (signal: (typeof signals)[number]) => {
    const code = 128 + constants.signals[signal];
    if (received !== undefined) process.exit(code);
    received = signal;
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await run(controller.signal);
  } catch (error) {
    if (received === undefined) throw error;
    throw new CommandError(`Stopped. ${consequence()}`, 128 + constants.signals[received]);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
