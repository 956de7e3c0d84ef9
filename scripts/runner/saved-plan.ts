import { rmSync } from "node:fs";
import { join } from "node:path";
import { deletionBlock } from "../review/deletion-block";
import { gatesText } from "../review/gates/gates-text";
import { type Review, renderReview, reviewPlan, stepsOf } from "../review/plan-review";
import type { ExistingRepository } from "../review/registry-loss";
import { planned } from "../review/report/stack-report";
import type { TerraformPlan } from "../review/terraform-plan";
import { warnOfHandMade } from "./hand-made";
import { removeImportFile } from "./import-file";
import { terraformInitialized } from "./initialization";
import { liveOutput, type Output } from "./output";
import { applyFlags } from "./plan-flags";
import { createPrivateFile, isWritten } from "./private-file";
import { withoutRefusedDestructions } from "./refused-destructions";
import { replicaOrderBlock } from "./replica-order";
import { shownPlan } from "./shown-plan";
import { failed, flags, type Stack } from "./stack";
import { terraform } from "./terraform";

/** The plan's file name in the folder of the stack. It contains the process ID so that no other run overwrites it. */
const planFile = `runner-${process.pid}.tfplan`;

/** How to plan. */
export interface Planning {
  /** Whether to lock the state, waiting up to a minute for the lock. */
  readonly lock: boolean;
  /** Further flags for `terraform plan`. */
  readonly terraformFlags: readonly string[];
  /** Where the plan and its review are shown. @default - the streams of this process */
  readonly output?: Output;
}

/** A saved plan with its review, both already shown. */
export interface SavedPlan {
  readonly plan: TerraformPlan;
  readonly review: Review;
  /** Why it may not be applied before other stacks: see {@link replicaOrderBlock}. */
  readonly orderBlock: string | undefined;
  /** Apply exactly this plan. @throws CommandError when Terraform fails, e.g. because the state has changed */
  apply(): Promise<void>;
}

/** What a plan found. */
export interface PlanOutcome {
  /** Whether it changes anything, outputs included. */
  readonly changes: boolean;
  /** Whether there are settings that somebody made by hand and Terraform does not see. */
  readonly handMade: boolean;
}

/**
 * Initialize and plan a stack, show the plan and its review, and pass them to `use`, which is not called if there are no changes. The
 * saved plan contains the same data as the state, so it is always removed, even if `use` throws.
 *
 * @throws CommandError when Terraform fails
 */
export async function withPlan(
  stack: Stack,
  { lock, terraformFlags, output = liveOutput }: Planning,
  use: (plan: SavedPlan) => void | Promise<void>,
): Promise<PlanOutcome> {
  const path = join(stack.directory, planFile);
  const locking = lock ? "-lock-timeout=60s" : "-lock=false";
  try {
    createPrivateFile(path);
    const args = ["plan", "-input=false", "-detailed-exitcode", locking, ...flags(), ...terraformFlags];
    const result = await terraformInitialized(stack, [...args, `-out=${planFile}`], {
      output,
      quietErrors: true,
    });
    if (result.code !== 0 && result.code !== 2) {
      const explained = isWritten(path) && (await explainLosses(stack, output));
      output.write("stderr", explained ? withoutRefusedDestructions(result.stderr) : result.stderr);
      throw failed(stack, "plan", result);
    }
    output.write("stderr", result.stderr);
    if (result.code === 0)
      return { changes: false, handMade: await warnOfHandMade(stack, undefined, output) };
    const { plan, review, repositories } = await reviewOf(stack, output);
    output.write("stdout", `\n${renderReview(stack.stack, review)}\n${gatesOf(stack, plan, review)}`);
    const handMade = await warnOfHandMade(stack, plan, output);
    const orderBlock = await replicaOrderBlock(stack, plan, repositories);
    await use({
      plan,
      review,
      orderBlock,
      apply: () => apply(stack, applyFlags(terraformFlags), stepsOf(review)),
    });
    return { changes: true, handMade };
  } finally {
    rmSync(path, { force: true });
  }
}

async function apply(stack: Stack, terraformFlags: readonly string[], steps: number): Promise<void> {
  const args = ["apply", "-input=false", "-lock-timeout=60s", ...flags(), ...terraformFlags, planFile];
  const result = await terraform(stack.directory, args, { live: stack.stack, steps });
  if (result.code !== 0) throw failed(stack, "apply", result);
  removeImportFile(stack.directory);
}

/** Review the saved plan. */
async function reviewOf(
  stack: Stack,
  output: Output,
): Promise<{ plan: TerraformPlan; review: Review; repositories: readonly ExistingRepository[] }> {
  const { plan, context } = await shownPlan(stack, planFile, output);
  return { plan, review: reviewPlan(plan, context), repositories: context.repositories };
}

/** What the gates block, with an end of line; empty if it is nothing. */
function gatesOf({ stack, environment }: Stack, plan: TerraformPlan, review: Review): string {
  const text = gatesText(planned(stack, plan, review, environment.accountId), environment);
  return text === "" ? "" : `${text}\n`;
}

/**
 * Show the review of a plan that Terraform rejects, e.g. because of prevent_destroy. Terraform saves such a plan too,
 * marked as errored. It holds why a resource would be replaced, which Terraform's own message omits.
 *
 * @returns whether it explains why the environment's protection refuses the plan
 */
async function explainLosses(stack: Stack, output: Output): Promise<boolean> {
  const { plan, review } = await reviewOf(stack, output);
  if (review.losses.length === 0) return false;
  output.write("stdout", `\n${renderReview(stack.stack, review)}\n${gatesOf(stack, plan, review)}`);
  const block = deletionBlock(stack.environment, stack.stack, review.losses);
  if (block !== undefined) output.write("stderr", `${block}\n`);
  return block !== undefined;
}
