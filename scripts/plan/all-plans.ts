import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../runner/command";
import { init } from "../runner/initialization";
import { liveOutput, type Output } from "../runner/output";
import { createPrivateFile } from "../runner/private-file";
import { sideBySide } from "../runner/side-by-side";
import type { Stack } from "../runner/stack";
import { missingUpstream, PublishedOutputs } from "../runner/upstream";
import { DeployFirst } from "./deploy-first";
import { type PlanSettings, planInto, type StackPlanned } from "./planned-stack";
import { planAgain } from "./plans-again";

/** A stack, and what planning it found. */
export interface StackResult {
  readonly stack: Stack;
  /** `undefined` if it cannot be planned yet. */
  readonly planned: StackPlanned | undefined;
  /** Absolute path of the plan. */
  readonly file: string;
  /** Why there is no plan, or none that can be applied, each as a sentence. */
  readonly waits: readonly string[];
}

/** What planning an environment found. */
export interface Plans {
  /** In the order of deployment. */
  readonly results: readonly StackResult[];
  /** The outputs of other stacks as the plans have read them. */
  readonly published: PublishedOutputs;
}

/** What to plan, and how. */
export interface Planning extends Omit<PlanSettings, "output"> {
  readonly concurrency: number;
  /** Every stack whose outputs may be read. */
  readonly readable: readonly Stack[];
}

/**
 * Plan stacks side by side, and pass the plans to `use`. Their files hold the same data as the states: only this user can
 * read them, and they are removed afterwards.
 *
 * @throws CommandError with every failure, if a stack that could be planned was not
 */
export async function withPlans<T>(
  stacks: readonly Stack[],
  planning: Planning,
  use: (plans: Plans) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "plans-"));
  try {
    return await use(await planAll(stacks, planning, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function planAll(stacks: readonly Stack[], planning: Planning, folder: string): Promise<Plans> {
  const published = new PublishedOutputs();
  const missing: (readonly string[])[] = [];
  // One after another, and before the first plan: init runs alone, so it would wait for the plans.
  for (const stack of stacks) {
    await init(stack);
    missing.push(await missingUpstream(stack, planning.readable, published));
  }
  const tasks = stacks.map((stack, index) => async (output: Output) => {
    const file = join(folder, `${stack.stack}.tfplan`);
    const waits = missing[index] ?? [];
    if (waits.length > 0) return { stack, file, waits, planned: undefined };
    createPrivateFile(file);
    liveOutput.write("stderr", `plan ${stack.stack}\n`);
    const planned = await planInto(stack, file, { ...planning, output: onStandardError(output) }).catch(
      (error: unknown) => {
        if (error instanceof DeployFirst) return error;
        throw error;
      },
    );
    return { stack, file, waits, planned };
  });
  const results = withoutFailures(succeeded(await sideBySide(tasks, planning.concurrency)));
  const again = planAgain(results.map(({ stack, planned }) => ({ stack, plan: planned?.plan })));
  return {
    results: results.map((result) => ({ ...result, waits: again.get(result.stack.stack) ?? result.waits })),
    published,
  };
}

/** What planning a stack gave: its plan, or the failure that says which layer comes first. */
type Attempt = Omit<StackResult, "planned"> & { readonly planned: StackPlanned | DeployFirst | undefined };

/**
 * A stack that needs another layer first waits for it, if the same command plans that layer and it changes. Otherwise nothing
 * would change by waiting.
 *
 * @throws DeployFirst
 */
function withoutFailures(attempts: readonly Attempt[]): StackResult[] {
  return attempts.map((attempt) => {
    const { stack, file, planned } = attempt;
    if (!(planned instanceof DeployFirst)) return { ...attempt, planned };
    const first = attempts.find(
      (other) =>
        other.stack.layer === planned.layer &&
        (other.planned === undefined || other.planned instanceof DeployFirst || other.planned.changes),
    );
    if (first === undefined) throw planned;
    const { stack: name } = first.stack;
    const waits = [`${stack.stack} needs what ${name} creates; plan it again after ${name} is applied.`];
    return { stack, file, planned: undefined, waits };
  });
}

/** The report alone goes to standard output. */
const onStandardError = (output: Output): Output => ({
  live: output.live,
  write: (_, text) => output.write("stderr", text),
});

function succeeded<T>(results: readonly PromiseSettledResult<T>[]): T[] {
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  for (const failure of failures) if (!(failure instanceof CommandError)) throw failure;
  const [first] = failures as CommandError[];
  // Several stacks often fail for the same reason, e.g. a signal.
  const messages = new Set(failures.map(({ message }) => message));
  if (first) throw new CommandError([...messages].join("\n"), first.exitCode);
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}
