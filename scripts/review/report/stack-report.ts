import { withoutSecrets } from "../hidden-values";
import { type ImageSource, lifecycleDeltas } from "../lifecycle/lifecycle-delta";
import type { Review } from "../plan-review";
import type { TerraformPlan } from "../terraform-plan";
import { accessChanges } from "./access";
import { type Action, type Change, changesIn } from "./change";
import type { StackReport } from "./report";

/** The report on a stack in which nothing changes. */
export const nothingIn = (stack: string): StackReport => ({
  stack,
  status: "unchanged",
  waits: [],
  blocks: [],
  counts: { create: 0, update: 0, replace: 0, delete: 0 },
  imports: 0,
  forgotten: [],
  moved: [],
  abandoned: 0,
  outputs: 0,
  changes: [],
  losses: [],
  weakenings: [],
  access: [],
  unreadablePolicies: [],
  repositories: [],
  settings: [],
  defaultTags: false,
});

/**
 * What a plan says about a stack.
 *
 * @param review of the plan
 * @param accountId of the stack
 * @param images of the repositories whose lifecycle policies change. @default - nobody looks at them
 */
export function planned(
  stack: string,
  plan: TerraformPlan,
  review: Review,
  accountId: string,
  images?: ImageSource,
): StackReport {
  const changes = changesIn(stack, plan);
  const { losses, weakenings, registryLosses, outputs, imports, forgotten, moved } = review;
  const { access, unreadable } = accessChanges(plan, accountId);
  const isChanged = changes.length + outputs + imports + forgotten.length + moved.length > 0;
  return {
    ...nothingIn(stack),
    status: isChanged ? "changed" : "unchanged",
    counts: countsOf(changes),
    imports,
    forgotten,
    moved,
    outputs,
    changes,
    losses,
    weakenings: [...registryLosses, ...weakenings],
    ...(images && { lifecycle: withoutSecrets(lifecycleDeltas(stack, plan, images, new Date())) }),
    access,
    unreadablePolicies: unreadable,
  };
}

function countsOf(changes: readonly Change[]): Record<Action, number> {
  const counts: Record<Action, number> = { create: 0, update: 0, replace: 0, delete: 0 };
  for (const { action } of changes) counts[action] += 1;
  return counts;
}
