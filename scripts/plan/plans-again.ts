import type { TerraformPlan } from "../review/terraform-plan";
import type { Stack } from "../runner/stack";

/** A stack and its plan; `undefined` if it cannot be planned yet. */
export interface Planned {
  readonly stack: Pick<Stack, "stack" | "reads">;
  readonly plan: TerraformPlan | undefined;
}

/**
 * Why plans cannot be applied as they are, by stack: a plan holds the outputs of other stacks as they were when it was made,
 * and Terraform does not notice when they change before the apply.
 *
 * @param planned in the order of deployment
 * @see https://developer.hashicorp.com/terraform/cli/commands/plan#out-filename what a saved plan holds
 */
export function planAgain(planned: readonly Planned[]): ReadonlyMap<string, readonly string[]> {
  const reasons = new Map<string, readonly string[]>();
  const plans = new Map(planned.map((one) => [one.stack.stack, one]));
  for (const { stack, plan } of planned) {
    if (plan === undefined) continue;
    const found = stack.reads.flatMap(({ writer, outputs }) => {
      const upstream = writer === undefined ? undefined : plans.get(writer);
      if (upstream === undefined) return [];
      if (upstream.plan === undefined || reasons.has(upstream.stack.stack))
        return [`${stack.stack} reads ${writer}, which has no final plan; plan it again after ${writer}.`];
      const changed = outputs.filter((name) => changes(upstream.plan, name));
      if (changed.length === 0) return [];
      return [
        `${stack.stack} reads outputs of ${writer} that change with its plan (${changed.join(", ")}); plan it again after ${writer} is applied.`,
      ];
    });
    if (found.length > 0) reasons.set(stack.stack, found);
  }
  return reasons;
}

const changes = ({ output_changes: outputs = {} }: TerraformPlan = noPlan, name: string): boolean =>
  outputs[name]?.actions.some((action) => action !== "no-op") === true;

const noPlan: TerraformPlan = { format_version: "1.0" };
