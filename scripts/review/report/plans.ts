import { valueAt } from "../../../modules/values/value-at";
import { withoutSecrets } from "../hidden-values";
import type { ImageSource } from "../lifecycle/lifecycle-delta";
import { type RolesByAccount, rolesIn } from "../new-roles";
import { type Review, type ReviewContext, reviewPlan } from "../plan-review";
import { replicationType, scanningType } from "../registry-loss";
import type { TerraformPlan } from "../terraform-plan";
import { settingsDeltas } from "./registry";
import type { Report, StackReport } from "./report";
import { nothingIn, planned } from "./stack-report";
import { verdictOn } from "./verdict";

/** What is known about one stack. */
export interface PlannedStack {
  readonly stack: string;
  /** Of {@link readPlan}; `undefined` if Terraform cannot plan the stack yet. */
  readonly plan: TerraformPlan | undefined;
  readonly context: ReviewContext;
  /** The review of the plan, if it was made already. @default - it is made */
  readonly review?: Review;
  /** Names of the repositories in a registry that the stack manages. */
  readonly repositories: readonly string[];
  /** Why there is no plan, or none that can be applied. */
  readonly waits: readonly string[];
  /** Why a deploy would stop before it applies the plan. */
  readonly blocks: readonly string[];
}

/**
 * The report on plans of Terraform.
 *
 * @param compared what to call the two sides
 * @param images of the repositories whose lifecycle policies change. @default - nobody looks at them
 */
export function reportOnPlans(
  stacks: readonly PlannedStack[],
  compared: { readonly base: string; readonly head: string },
  images?: ImageSource,
): Report {
  const newRoles = rolesIn(stacks.map(({ plan, context }) => ({ plan, accountId: context.accountId })));
  const reports = stacks.map((stack) => stackReport(stack, newRoles, images));
  return {
    ...{ schemaVersion: 1, source: "plans" },
    ...{ ...withoutSecrets(compared), verdict: verdictOn(reports, 0), moves: [], stacks: reports },
  };
}

function stackReport(
  { stack, plan: alone, context, review, repositories, ...texts }: PlannedStack,
  newRoles: RolesByAccount,
  images: ImageSource | undefined,
): StackReport {
  // A plan that was read has no secrets. Messages of Terraform and AWS may have some.
  const { waits, blocks } = withoutSecrets({ waits: texts.waits, blocks: texts.blocks });
  if (alone === undefined) return { ...nothingIn(stack), status: "not planned", waits, blocks };
  const plan = { ...alone, new_roles: newRoles.get(context.accountId) ?? new Set<string>() };
  const made = review ?? reviewPlan(plan, context);
  const report = planned(stack, plan, made, context.accountId, images);
  const isChanged = report.status === "changed" || waits.length > 0;
  return {
    ...report,
    status: isChanged ? "changed" : "unchanged",
    ...{ waits, blocks },
    repositories: settingsDeltas(
      { ...settingsIn(plan, "before"), repositories },
      { ...settingsIn(plan, "after"), repositories },
    ),
  };
}

/** The settings of a registry before or after a plan. Terraform lists what does not change, too. */
function settingsIn({ resource_changes: changes = [] }: TerraformPlan, side: "before" | "after") {
  const ofType = (wanted: string) =>
    valueAt(changes.find(({ type }) => type === wanted)?.change, [side]) ?? undefined;
  return { scanning: ofType(scanningType), replication: ofType(replicationType) };
}
