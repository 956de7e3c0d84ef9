import { type Accepted, blocksOf } from "../review/blocks";
import { type Review, reviewPlan } from "../review/plan-review";
import { warnOfHandMade } from "../runner/hand-made";
import { terraformInitialized } from "../runner/initialization";
import type { Output } from "../runner/output";
import { isWritten } from "../runner/private-file";
import { replicaOrderBlock } from "../runner/replica-order";
import { type ShownPlan, shownPlan } from "../runner/shown-plan";
import { failed, flags, type Stack } from "../runner/stack";
import { DeployFirst, layerToDeployFirst } from "./deploy-first";

/** How to plan. */
export interface PlanSettings {
  /** Further flags for `terraform plan`. */
  readonly terraformFlags: readonly string[];
  readonly accepted: Accepted;
  /** Where warnings and errors go. */
  readonly output: Output;
}

/** A stack with a plan of Terraform. */
export interface StackPlanned extends ShownPlan {
  readonly review: Review;
  /** Whether the plan does anything. */
  readonly changes: boolean;
  /** Why a deploy would stop before it applies the plan. */
  readonly blocks: readonly string[];
}

/**
 * Plan a stack into a file. Terraform's own text is not shown: it has no limit, and no order of importance. It takes no lock.
 *
 * @param file absolute path of a private file
 * @throws CommandError when Terraform fails, unless it only refuses to destroy what is protected; a {@link DeployFirst} if
 * another layer has to be deployed first
 */
export async function planInto(stack: Stack, file: string, settings: PlanSettings): Promise<StackPlanned> {
  const { terraformFlags, accepted, output } = settings;
  const result = await terraformInitialized(
    stack,
    [
      ...["plan", "-input=false", "-detailed-exitcode", "-lock=false", ...flags(), ...terraformFlags],
      `-out=${file}`,
    ],
    { quiet: true, quietErrors: true },
  );
  const isPlanned = result.code === 0 || result.code === 2;
  const failure = () => {
    output.write("stderr", result.stderr);
    const error = failed(stack, "plan", result);
    const layer = layerToDeployFirst(result.stderr);
    return layer === undefined ? error : new DeployFirst(layer, error);
  };
  if (!isPlanned && !isWritten(file)) throw failure();
  const shown = await shownPlan(stack, file, output);
  const review = reviewPlan(shown.plan, shown.context);
  const orderBlock = await replicaOrderBlock(stack, shown.plan, shown.context.repositories);
  const blocks = blocksOf(stack, review, orderBlock, accepted);
  // Terraform saves a plan that prevent_destroy or a condition refuses, too. It cannot be applied.
  if (!isPlanned && blocks.length === 0) throw failure();
  if (isPlanned) await warnOfHandMade(stack, result.code === 0 ? undefined : shown.plan, output);
  return { ...shown, review, changes: result.code !== 0, blocks };
}
