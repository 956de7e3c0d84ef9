import { blocksOf } from "../review/blocks";
import type { DiffArguments } from "./arguments";
import { CommandError } from "./command";
import { stopwatch } from "./elapsed";
import { init } from "./initialization";
import type { Output } from "./output";
import { withPlan } from "./saved-plan";
import { sideBySide } from "./side-by-side";
import type { Stack } from "./stack";

/** What the plans of a diff found, in the order of the stacks. */
export interface DiffResult {
  /** Names of the stacks with changes. */
  readonly changed: readonly string[];
  /** Why stacks could not be planned. */
  readonly failures: readonly CommandError[];
}

/** Plan and review stacks side by side. No plan depends on another: each reads only what is already deployed. */
export async function planStacks(
  stacks: readonly Stack[],
  { concurrency, terraformFlags }: Pick<DiffArguments, "concurrency" | "terraformFlags">,
): Promise<DiffResult> {
  // One after another, and before the first plan: init runs alone, so it would wait for the plans.
  const inits = await sideBySide(
    stacks.map((stack) => () => init(stack)),
    1,
  );
  const tasks = stacks.map((stack, index) => async (output: Output) => {
    output.write("stdout", `\n[${index + 1}/${stacks.length}] plan ${stack.stack}\n`);
    return timed(stack, output, async () => {
      const ready = inits[index];
      if (ready?.status === "rejected") throw ready.reason;
      return hasChanges(stack, terraformFlags, output);
    });
  });
  const results = await sideBySide(tasks, concurrency);
  const isChanged = results.map((result) => result.status === "fulfilled" && result.value);
  return {
    changed: stacks.filter((_, index) => isChanged[index]).map(({ stack }) => stack),
    failures: results.flatMap((result) => (result.status === "rejected" ? expected(result.reason) : [])),
  };
}

/** Plan a stack, then print how that ended and how long it took. */
async function timed(stack: Stack, output: Output, plan: () => Promise<boolean>): Promise<boolean> {
  const elapsed = stopwatch();
  let outcome = "failed";
  try {
    const changes = await plan();
    outcome = changes ? "changes" : "no changes";
    return changes;
  } finally {
    output.write("stdout", `${stack.stack}: ${outcome} ${elapsed()}\n`);
  }
}

/** Whether AWS differs from what the stack has, also in what Terraform does not see. */
async function hasChanges(stack: Stack, terraformFlags: readonly string[], output: Output): Promise<boolean> {
  const { changes, handMade } = await withPlan(
    stack,
    { lock: false, terraformFlags, output },
    ({ review, orderBlock }) => {
      for (const block of blocksOf(stack, review, orderBlock, { registryLosses: false }))
        output.write("stdout", `A deploy would stop here: ${block}\n`);
    },
  );
  return changes || handMade;
}

/** @throws the error itself unless it is an expected failure */
function expected(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  throw error;
}
