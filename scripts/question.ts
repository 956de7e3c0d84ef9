import { createInterface } from "node:readline/promises";
import { CommandError } from "./command";

/**
 * Ask at the terminal.
 *
 * @returns the answer without spaces around it
 * @throws CommandError when the question is broken off, by Ctrl-C, Ctrl-D or a signal; so what waits for the answer
 *   can still clean up
 */
export async function ask(question: string): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const brokenOff = new AbortController();
  const breakOff = () => brokenOff.abort();
  prompt.on("SIGINT", breakOff).on("close", breakOff);
  for (const signal of signals) process.on(signal, breakOff);
  try {
    return (await prompt.question(question, { signal: brokenOff.signal })).trim();
  } catch (error) {
    if (!brokenOff.signal.aborted) throw error;
    throw new CommandError("\nBroken off at the question, so what it asked for was not done.");
  } finally {
    for (const signal of signals) process.off(signal, breakOff);
    prompt.close();
  }
}

const signals = ["SIGTERM", "SIGHUP"] as const;
