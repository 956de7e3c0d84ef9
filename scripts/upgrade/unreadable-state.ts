import { credentialProblem, type Target } from "../failures/credentials";
import { oneLine } from "../failures/one-line";
import { CommandError } from "../runner/command";

/**
 * The error to throw when the state of a stack cannot be read. If the credentials are the reason, it is one sentence with what
 * to do: what Terraform prints about its backend does not help.
 *
 * @param error of Terraform, with what it has printed
 */
export function unreadableState(error: unknown, stack: string, environment: Target): unknown {
  if (!(error instanceof CommandError)) return error;
  const problem = credentialProblem(oneLine(error.message), environment);
  return problem === undefined
    ? error
    : new CommandError(`The state of ${stack} cannot be read. ${problem}`, error.exitCode);
}
