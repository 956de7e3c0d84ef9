import type { Explanation, RuleContext } from "./loss-rule";
import { protectedTypes } from "./protected-types";
import { type Effect, effectOf, type ResourceChange, type TerraformPlan } from "./terraform-plan";

/** A resource that holds what no apply can bring back, and that a plan destroys or replaces. */
export interface Loss extends Explanation {
  readonly address: string;
  readonly effect: "replace" | "destroy";
}

/** What a plan would do. */
export interface Review {
  /** How many resources it creates, changes, replaces and destroys, without the lifecycle policies below. */
  readonly counts: Readonly<Record<Effect, number>>;
  /** How many lifecycle policies it replaces, which is the provider's way to change one. */
  readonly lifecyclePolicies: number;
  /** How many outputs change. */
  readonly outputs: number;
  readonly losses: readonly Loss[];
}

/** Judge a plan, resource by resource. */
export function reviewPlan(plan: TerraformPlan, context: RuleContext): Review {
  const counts: Record<Effect, number> = { create: 0, change: 0, replace: 0, destroy: 0 };
  const losses: Loss[] = [];
  let lifecyclePolicies = 0;
  for (const change of plan.resource_changes ?? []) {
    const effect = effectOf(change);
    if (effect === undefined) continue;
    if (isExpected(change, effect)) lifecyclePolicies += 1;
    else counts[effect] += 1;
    if (effect !== "replace" && effect !== "destroy") continue;
    const explain = Object.hasOwn(protectedTypes, change.type) ? protectedTypes[change.type] : undefined;
    if (explain) losses.push({ address: change.address, effect, ...explain(change, context) });
  }
  const outputs = Object.values(plan.output_changes ?? {}).filter(
    ({ actions }) => !actions.includes("no-op"),
  );
  return { counts, lifecyclePolicies, outputs: outputs.length, losses };
}

/** @see https://github.com/hashicorp/terraform-provider-aws/issues/49624 */
function isExpected({ type }: ResourceChange, effect: Effect): boolean {
  return type === "aws_ecr_lifecycle_policy" && effect === "replace";
}

/** The review for a reader, beginning with the numbers. */
export function renderReview(stack: string, review: Review): string {
  const { lifecyclePolicies, losses } = review;
  const lines = [`Review of ${stack}: ${numbers(review)}.`];
  if (lifecyclePolicies > 0)
    lines.push(
      `${lifecyclePolicies} lifecycle ${lifecyclePolicies === 1 ? "policy is" : "policies are"} replaced. That is expected: the AWS provider deletes a policy and puts the new one.`,
    );
  return [...lines, ...renderLosses(losses)].join("\n");
}

function numbers({ counts, lifecyclePolicies, outputs }: Review): string {
  const parts = (Object.keys(counts) as Effect[])
    .filter((effect) => counts[effect] > 0)
    .map((effect) => `${counts[effect]} to ${effect}`);
  if (parts.length > 0) return parts.join(", ");
  if (lifecyclePolicies > 0) return "only lifecycle policies change";
  return outputs > 0 ? "only outputs change" : "only the state changes";
}

/** What is known about each loss, said once for all of which the same is known. */
function renderLosses(losses: readonly Loss[]): string[] {
  const same = new Map<string, string[]>();
  for (const loss of losses) {
    const told = [`would be ${passive[loss.effect]}`, ...loss.sentences].join("\n");
    const names = same.get(told) ?? [];
    names.push(called(loss));
    same.set(told, names);
  }
  return [...same].map(([told, names]) => {
    const [effect, ...sentences] = told.split("\n");
    const [only] = names;
    const head =
      names.length === 1
        ? [`WARNING: ${only} ${effect}.`]
        : [`WARNING: ${names.length} resources ${effect}:`, ...names.map((name) => `- ${name}`)];
    return [...head, ...sentences].join("\n  ");
  });
}

const passive = { replace: "replaced", destroy: "destroyed" } as const;

/** E.g. `myproject-dev-web-app (aws_ecr_repository.web-app)`. */
export const called = ({ name, address }: Pick<Loss, "name" | "address">): string => `${name} (${address})`;
