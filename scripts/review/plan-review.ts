import type { LossContext, LossExplanation } from "./loss-rule";
import { protectedTypes } from "./protected-types";
import { type Effect, effectOf, type ResourceChange, type TerraformPlan } from "./terraform-plan";

/** A resource that a plan destroys or replaces, with content that no later apply can restore. */
export interface Loss extends LossExplanation {
  readonly address: string;
  readonly effect: "replace" | "destroy";
}

/** What a plan would do. */
export interface Review {
  /** Number of resources that it creates, changes, replaces and destroys, without the lifecycle policies below. */
  readonly counts: Readonly<Record<Effect, number>>;
  /** Number of lifecycle policies that it replaces, which is how the provider changes one. */
  readonly lifecyclePolicies: number;
  /** Number of outputs that change. */
  readonly outputs: number;
  readonly losses: readonly Loss[];
}

/** Count the changes of a plan and explain its losses. */
export function reviewPlan(plan: TerraformPlan, context: LossContext): Review {
  const counts: Record<Effect, number> = { create: 0, change: 0, replace: 0, destroy: 0 };
  const losses: Loss[] = [];
  let lifecyclePolicies = 0;
  for (const change of plan.resource_changes ?? []) {
    const effect = effectOf(change);
    if (effect === undefined) continue;
    if (isExpectedReplacement(change, effect)) lifecyclePolicies += 1;
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

/** Any change of a lifecycle policy replaces it: https://github.com/hashicorp/terraform-provider-aws/issues/49624 */
function isExpectedReplacement({ type }: ResourceChange, effect: Effect): boolean {
  return type === "aws_ecr_lifecycle_policy" && effect === "replace";
}

/** The review as text: the counts, then a warning for each kind of loss. */
export function renderReview(stack: string, review: Review): string {
  const { lifecyclePolicies, losses } = review;
  const lines = [`Review of ${stack}: ${countsText(review)}.`];
  if (lifecyclePolicies > 0)
    lines.push(
      `${lifecyclePolicies} lifecycle ${lifecyclePolicies === 1 ? "policy is" : "policies are"} replaced. This is expected: the AWS provider deletes the old policy and creates the new one.`,
    );
  return [...lines, ...renderLosses(losses)].join("\n");
}

function countsText({ counts, lifecyclePolicies, outputs }: Review): string {
  const parts = (Object.keys(counts) as Effect[])
    .filter((effect) => counts[effect] > 0)
    .map((effect) => `${counts[effect]} to ${effect}`);
  if (parts.length > 0) return parts.join(", ");
  if (lifecyclePolicies > 0) return "only lifecycle policies change";
  return outputs > 0 ? "only outputs change" : "only the state changes";
}

/** The warnings. Losses with the same explanation share one. */
function renderLosses(losses: readonly Loss[]): string[] {
  const namesByText = new Map<string, string[]>();
  for (const loss of losses) {
    const text = [`would be ${passive[loss.effect]}`, ...loss.sentences].join("\n");
    const names = namesByText.get(text) ?? [];
    names.push(resourceLabel(loss));
    namesByText.set(text, names);
  }
  return [...namesByText].map(([text, names]) => {
    const [effect, ...sentences] = text.split("\n");
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
export const resourceLabel = ({ name, address }: Pick<Loss, "name" | "address">): string =>
  `${name} (${address})`;
