import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { deletionBlock } from "../review/deletion-block";
import { type Review, renderReview, reviewPlan } from "../review/plan-review";
import { parsePlan } from "../review/terraform-plan";
import { applyFlags } from "./plan-flags";
import { failed, flags, type Stack } from "./stack";
import { terraform } from "./terraform";

/** Its name in the folder of the stack, where Terraform runs. No other run may put its own plan in its place. */
const file = `runner-${process.pid}.tfplan`;

/** How a plan is made. */
export interface Planning {
  /** Whether to take the state's lock, and wait a minute for it. */
  readonly lock: boolean;
  /** Further flags for `terraform plan`. */
  readonly passed: readonly string[];
}

/** A plan that Terraform has shown, with its review. */
export interface SavedPlan {
  readonly review: Review;
  /** Apply exactly this plan. @throws CommandError when Terraform fails, or when the state has changed since */
  apply(): Promise<void>;
}

/**
 * Plan a stack, show the plan and its review, and hand both on. The saved plan holds what the state holds, so it is
 * removed when `use` has ended, however it ends. Without changes `use` is not called.
 *
 * @returns whether there are changes; new values of outputs are changes
 * @throws CommandError when Terraform cannot plan
 */
export async function withPlan(
  stack: Stack,
  { lock, passed }: Planning,
  use: (plan: SavedPlan) => void | Promise<void>,
): Promise<boolean> {
  const path = join(stack.directory, file);
  const locking = lock ? "-lock-timeout=60s" : "-lock=false";
  try {
    const args = ["plan", "-input=false", "-detailed-exitcode", locking, ...flags(), ...passed];
    const ended = await terraform(stack.directory, [...args, `-out=${file}`]);
    if (ended.code === 0) return false;
    if (ended.code !== 2) {
      if (existsSync(path)) await explainLosses(stack);
      throw failed(stack, "plan", ended);
    }
    const review = await reviewOf(stack);
    process.stdout.write(`\n${renderReview(stack.stack, review)}\n`);
    await use({ review, apply: () => apply(stack, applyFlags(passed)) });
    return true;
  } finally {
    rmSync(path, { force: true });
  }
}

async function apply(stack: Stack, passed: readonly string[]): Promise<void> {
  const args = ["apply", "-input=false", "-lock-timeout=60s", ...flags(), ...passed, file];
  const ended = await terraform(stack.directory, args);
  if (ended.code !== 0) throw failed(stack, "apply", ended);
}

/** Read the saved plan. */
async function reviewOf(stack: Stack): Promise<Review> {
  const ended = await terraform(stack.directory, ["show", "-json", file], { quiet: true });
  if (ended.code !== 0) {
    process.stderr.write(ended.output);
    throw failed(stack, "show", ended);
  }
  const { state } = stack.environment;
  return reviewPlan(parsePlan(ended.stdout), {
    stateBucket: state.backend === "s3" ? state.bucket : undefined,
  });
}

/**
 * Terraform also saves a plan that it refuses, e.g. because of prevent_destroy, and marks it as not to be applied. It
 * holds why a resource would be replaced, which Terraform's message does not say.
 */
async function explainLosses(stack: Stack): Promise<void> {
  const review = await reviewOf(stack);
  if (review.losses.length === 0) return;
  process.stdout.write(`\n${renderReview(stack.stack, review)}\n`);
  const stopped = deletionBlock(stack.environment, stack.stack, review.losses);
  if (stopped !== undefined) process.stderr.write(`${stopped}\n`);
}
