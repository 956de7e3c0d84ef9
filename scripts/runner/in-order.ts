import { CommandError } from "./command";
import type { Stack } from "./stack";
import { interruption } from "./terraform";

/** What a run does to its stacks. */
export interface Run {
  readonly verb: "deploy" | "destroy";
  /** The command that repeats the run, e.g. `npm run deploy -- dev`. */
  readonly command: string;
}

/**
 * Work on stacks one after another, until one fails.
 *
 * @throws CommandError with what has been done and how to continue, if any stack was finished or the run was interrupted
 */
export async function inOrder(
  stacks: readonly Stack[],
  run: Run,
  work: (stack: Stack, index: number) => Promise<void>,
): Promise<void> {
  for (const [index, stack] of stacks.entries())
    try {
      await work(stack, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      const isInterrupted = interruption() !== undefined || error.exitCode > 128;
      if (index === 0 && !isInterrupted) throw error;
      throw new CommandError(`${error.message}\n${progress(stacks, index, run)}`, error.exitCode);
    }
}

/** @param failed index of the stack that failed */
function progress(stacks: readonly Stack[], failed: number, { verb, command }: Run): string {
  const done = verb === "deploy" ? "Deployed" : "Destroyed";
  const names = (part: readonly Stack[]) => part.map(({ stack }) => stack).join(", ") || "none";
  return `${done}: ${names(stacks.slice(0, failed))}. Not finished: ${names(stacks.slice(failed))}.\nTo continue: ${command}`;
}

/** The command line of a run. @param environment its name, or what selects several, e.g. `--all --tier development` */
export function commandLine(verb: Run["verb"], environment: string, layers: readonly string[]): string {
  return [`npm run ${verb} -- ${environment}`, ...layers.map((layer) => `--layer ${layer}`)].join(" ");
}
