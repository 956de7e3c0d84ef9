import { constants } from "node:os";
import { createInterface } from "node:readline/promises";
import { CommandError } from "./command";

/**
 * Ask at the terminal.
 *
 * @param unchanged what cancelling leaves as it is, e.g. `nothing was changed`
 * @returns the answer, trimmed
 * @throws CommandError when Ctrl-C, Ctrl-D or a signal cancels the question, so that the caller can still clean up. The
 *   exit code is 1 after Ctrl-D, otherwise 128 plus the signal's number, as in a shell; Ctrl-C is SIGINT.
 */
export async function ask(question: string, unchanged: string): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const cancellation = new AbortController();
  const cancel = (signal?: NodeJS.Signals) => cancellation.abort(cancelledBy(signal, unchanged));
  prompt.on("SIGINT", () => cancel("SIGINT")).on("close", () => cancel());
  for (const signal of signals) process.on(signal, cancel);
  try {
    return (await prompt.question(question, { signal: cancellation.signal })).trim();
  } catch (error) {
    if (!cancellation.signal.aborted) throw error;
    process.stderr.write("\n");
    throw cancellation.signal.reason;
  } finally {
    for (const signal of signals) process.off(signal, cancel);
    prompt.close();
  }
}

/**
 * Ask for approval.
 *
 * @param unchanged see {@link ask}
 * @throws CommandError unless the answer is `yes`; see also {@link ask}
 */
export async function confirm(question: string, unchanged: string): Promise<void> {
  const answer = await ask(`\n${question}\nOnly "yes" is accepted: `, unchanged);
  if (answer !== "yes") throw new CommandError(`"${answer}" is not yes; ${unchanged}.`);
}

/**
 * The failure of a command whose question was cancelled.
 *
 * @param signal `undefined` after Ctrl-D
 * @param unchanged see {@link ask}
 */
export function cancelledBy(signal: NodeJS.Signals | undefined, unchanged: string): CommandError {
  const code = signal === undefined ? 1 : 128 + constants.signals[signal];
  return new CommandError(`Cancelled at the prompt; ${unchanged}.`, code);
}

const signals = ["SIGTERM", "SIGHUP"] as const;
