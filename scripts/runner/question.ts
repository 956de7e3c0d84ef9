import { constants } from "node:os";
import { createInterface } from "node:readline/promises";
import { CommandError } from "./command";

/**
 * Ask at the terminal.
 *
 * @returns the answer without spaces around it
 * @throws CommandError when the question is broken off, by Ctrl-C, Ctrl-D or a signal; so what waits for the answer
 *   can still clean up. Its exit code is 1 after Ctrl-D, else 128 plus the signal's number, as shells count: Ctrl-C is
 *   SIGINT.
 */
export async function ask(question: string): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const brokenOff = new AbortController();
  const breakOff = (signal?: NodeJS.Signals) => brokenOff.abort(brokenOffBy(signal));
  prompt.on("SIGINT", () => breakOff("SIGINT")).on("close", () => breakOff());
  for (const signal of signals) process.on(signal, breakOff);
  try {
    return (await prompt.question(question, { signal: brokenOff.signal })).trim();
  } catch (error) {
    if (!brokenOff.signal.aborted) throw error;
    process.stderr.write("\n");
    throw brokenOff.signal.reason;
  } finally {
    for (const signal of signals) process.off(signal, breakOff);
    prompt.close();
  }
}

/** What it means for the run that a signal came in the place of an answer. */
export function brokenOffBy(signal?: NodeJS.Signals): CommandError {
  const code = signal === undefined ? 1 : 128 + constants.signals[signal];
  return new CommandError("Broken off at the question, so what it asked for was not done.", code);
}

const signals = ["SIGTERM", "SIGHUP"] as const;
