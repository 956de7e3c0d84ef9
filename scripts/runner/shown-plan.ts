import type { ReviewContext } from "../review/plan-review";
import { readPlan } from "../review/read-plan";
import type { TerraformPlan } from "../review/terraform-plan";
import { losingRepositories } from "./losing-repositories";
import type { Output } from "./output";
import { failed, type Stack } from "./stack";
import { terraform } from "./terraform";
import { unmovedIn } from "./unmoved";

/** A saved plan, and what its review has to know besides. */
export interface ShownPlan {
  readonly plan: TerraformPlan;
  readonly context: ReviewContext;
}

/**
 * What is in a saved plan, without sensitive values.
 *
 * @param file path of the plan, in the folder of the stack or absolute
 * @throws CommandError when Terraform cannot read it, or when AWS does not say what a registry loses
 */
export async function shownPlan(stack: Stack, file: string, output: Output): Promise<ShownPlan> {
  const { environment, layer } = stack;
  const { accountId, state } = environment;
  const plan = await planIn(stack, file, output);
  const facts = await losingRepositories(stack, plan);
  const stateBucket = state.backend === "s3" ? state.bucket : undefined;
  const unmoved = unmovedIn(stack, plan);
  return { plan, context: { stateBucket, layer, environment, accountId, unmoved, ...facts } };
}

/**
 * A saved plan without sensitive values. Asks AWS nothing.
 *
 * @param file path of the plan, in the folder of the stack or absolute
 * @throws CommandError when Terraform cannot read it
 */
export async function planIn(
  stack: Stack,
  file: string,
  output: Pick<Output, "write">,
): Promise<TerraformPlan> {
  const result = await terraform(stack.directory, ["show", "-json", file], { quiet: true });
  if (result.code === 0) return readPlan(result.stdout);
  output.write("stderr", result.output);
  throw failed(stack, "show", result);
}
