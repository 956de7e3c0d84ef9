import type { IOType } from "node:child_process";

type Write = (text: string) => void;

let result: Write | undefined;

/**
 * Keep standard output for the result of this command: what it and Terraform print from now on goes to standard error.
 *
 * A command that shows its progress can so print JSON for a program too.
 */
export function reserveStandardOutput(): void {
  if (result !== undefined) return;
  const write = process.stdout.write.bind(process.stdout);
  result = (text) => void write(text);
  process.stdout.write = process.stderr.write.bind(process.stderr);
}

/** Write the result to standard output. */
export const writeResult: Write = (text) => (result ?? ((all) => void process.stdout.write(all)))(text);

/** Where Terraform's standard output goes. */
export const childStdout = (): IOType | number => (result === undefined ? "inherit" : 2);
