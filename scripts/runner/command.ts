import { ConfigurationError, renderProblems } from "../../environments/schema/problem";
import { finish } from "../../exit-guard";
import { fileProblem } from "../failures/disk";
import { withLines } from "../failures/option-line";

/** An expected failure, shown as its message without a stack trace. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}

/**
 * The AWS SDK warns at each start with Node.js 20, which the pinned versions support, of versions that will not.
 *
 * @see https://github.com/aws/aws-sdk-js-v3#nodejs-versions
 */
const sdkWarning = "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED";

/**
 * Run a command and set the exit code. Expected failures are printed as plain lines on standard error; all others keep
 * their stack trace.
 */
export async function run(command: () => number | Promise<number>): Promise<void> {
  process.env[sdkWarning] ??= "true";
  try {
    finish(await command());
  } catch (error) {
    if (error instanceof ConfigurationError) {
      const message = renderProblems(withLines(error.problems));
      process.stderr.write(`${message}\n${problemTotal(message.split("\n").length)}`);
      finish(1);
    } else if (error instanceof CommandError) {
      process.stderr.write(`${error.message}\n`);
      finish(error.exitCode);
    } else {
      const problem = fileProblem(error);
      if (problem === undefined) throw error;
      process.stderr.write(`${problem}\n`);
      finish(1);
    }
  }
}

/** The last line after a list of problems: their number, and that the command stopped before it wrote anything. */
export const problemTotal = (count: number): string =>
  `${count} problem${count === 1 ? "" : "s"}; nothing was written.\n`;
