import type { Environment } from "../../../environments/plan/environment";
import type { Review } from "../plan-review";
import { accessChanges } from "../report/access";
import { changesIn } from "../report/change";
import type { TerraformPlan } from "../terraform-plan";
import { environmentAcknowledgements } from "./acknowledgement";
import type { JudgedStack } from "./findings";
import { judge } from "./judge";
import { judgementLines } from "./judgement-text";

/** The plan of one stack, for {@link judge}. @param accountId of the stack */
export function judgedPlan(
  stack: string,
  plan: TerraformPlan,
  { losses, weakenings, registryLosses }: Review,
  accountId: string,
): JudgedStack {
  return {
    ...{ stack, abandoned: 0, losses, settings: [] },
    changes: changesIn(stack, plan),
    weakenings: [...registryLosses, ...weakenings],
    access: accessChanges(plan, accountId).access,
  };
}

/**
 * What the gates block in the plan of one stack, as text to print before the question; empty if it is nothing. Entries
 * of the environment file about other stacks are left out.
 */
export function gatesText(judged: JudgedStack, environment: Environment): string {
  const found = judge([judged], []).findings;
  const judgement = judge(
    [judged],
    environmentAcknowledgements([environment]).filter(({ gate, address }) =>
      found.some((finding) => finding.gate === gate && finding.address === address),
    ),
  );
  const lines = judgementLines(judgement);
  return lines.length === 0 ? "" : ["Gates (docs/gates.md):", ...lines.map((line) => `  ${line}`)].join("\n");
}
