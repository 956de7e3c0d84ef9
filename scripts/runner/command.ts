import { ConfigurationError } from "../../environments/schema/problem";
import { finish } from "../../exit-guard";
import { problemTotal } from "./problem-total";

/** A failure that one sentence explains: shown without a stack trace. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/** Run a command to its end. Expected failures become plain lines on standard error; others keep their trace. */
export async function run(command: () => number | Promise<number>): Promise<void> {
  try {
    finish(await command());
  } catch (error) {
    if (error instanceof ConfigurationError) {
      const { length } = error.message.split("\n");
      process.stderr.write(`${error.message}\n${problemTotal(length)}`);
      finish(1);
    } else if (error instanceof CommandError) {
      process.stderr.write(`${error.message}\n`);
      finish(error.exitCode);
    } else throw error;
  }
}
