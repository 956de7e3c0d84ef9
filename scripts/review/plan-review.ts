import { isRepository } from "../states/listing";
import type { Move } from "../states/moves";
import { type Forgotten, forgottenIn, leftBehind } from "./forgotten";
import type { LossContext, LossExplanation } from "./loss-rule";
import { type MovedAddress, movedIn } from "./moved-address";
import { protectedTypes } from "./protected-types";
import { type RegistryContext, type RegistryLoss, registryLosses } from "./registry-loss";
import { type Effect, effectOf, type ResourceChange, type TerraformPlan } from "./terraform-plan";
import type { Weakening } from "./weakening";
import { weakeningsIn } from "./weakenings";

/** A resource that a plan destroys or replaces, with content that no later apply can restore. */
export interface Loss extends LossExplanation {
  readonly address: string;
  readonly effect: "replace" | "destroy";
}

/** What a plan would do. */
export interface Review {
  /** Number of resources that it creates, changes, replaces and destroys. */
  readonly counts: Readonly<Record<Effect, number>>;
  /** Number of resources that it imports. */
  readonly imports: number;
  /** Number of lifecycle policies among those that it replaces: this is how the provider changes one. */
  readonly lifecyclePolicies: number;
  /** Number of outputs that change. */
  readonly outputs: number;
  readonly losses: readonly Loss[];
  /** What it removes from the state and leaves in AWS. */
  readonly forgotten: readonly Forgotten[];
  /** What it takes from another address of the state. It is also counted if anything else happens to it. */
  readonly moved: readonly MovedAddress[];
  /** What it destroys although another stack declares it, because its state was not moved; not among the losses. */
  readonly unmoved: readonly Move[];
  /** What it makes weaker. */
  readonly weakenings: readonly Weakening[];
  /** What it takes away with settings that environments share. */
  readonly registryLosses: readonly RegistryLoss[];
}

/** What the review knows besides the plan. */
export interface ReviewContext extends LossContext, RegistryContext {
  /** What other stacks declare now. @default - nothing */
  readonly unmoved?: readonly Move[];
}

/** Count what a plan does to resources. */
export function planCounts({
  resource_changes: changes = [],
}: TerraformPlan): Pick<Review, "counts" | "imports"> {
  const counts: Record<Effect, number> = { create: 0, change: 0, replace: 0, destroy: 0 };
  for (const effect of changes.map(effectOf)) if (effect !== undefined) counts[effect] += 1;
  return { counts, imports: changes.filter(({ change }) => change.importing).length };
}

/** Count the changes of a plan, and find what it loses and makes weaker. */
export function reviewPlan(plan: TerraformPlan, context: ReviewContext): Review {
  const losses: Loss[] = [];
  const changes = plan.resource_changes ?? [];
  const { unmoved = [] } = context;
  const elsewhere = new Set(unmoved.map(({ address }) => address));
  for (const change of changes) {
    const effect = effectOf(change);
    if (effect !== "replace" && effect !== "destroy") continue;
    const explain = Object.hasOwn(protectedTypes, change.type) ? protectedTypes[change.type] : undefined;
    if (explain && !elsewhere.has(change.address))
      losses.push({ address: change.address, effect, ...explain(change, context) });
  }
  const outputs = Object.values(plan.output_changes ?? {}).filter(
    ({ actions }) => !actions.includes("no-op"),
  );
  return {
    ...planCounts(plan),
    lifecyclePolicies: changes.filter(isExpectedReplacement).length,
    outputs: outputs.length,
    losses,
    forgotten: forgottenIn(plan),
    moved: movedIn(plan),
    unmoved,
    weakenings: weakeningsIn({ plan, accountId: context.accountId }),
    registryLosses: registryLosses(plan, context),
  };
}

/** Any change of a lifecycle policy replaces it: https://github.com/hashicorp/terraform-provider-aws/issues/49624 */
export function isExpectedReplacement(change: ResourceChange): boolean {
  return change.type === "aws_ecr_lifecycle_policy" && effectOf(change) === "replace";
}

/** The review as text: the counts, then a warning for each kind of loss and for everything that becomes weaker. */
export function renderReview(stack: string, review: Review): string {
  const { forgotten, lifecyclePolicies, losses, registryLosses, unmoved, weakenings } = review;
  const lines = [`Review of ${stack}: ${countsText(review)}.`];
  if (lifecyclePolicies > 0)
    lines.push(
      `${lifecyclePolicies} lifecycle ${lifecyclePolicies === 1 ? "policy is" : "policies are"} replaced. This is expected: the AWS provider deletes the old policy and creates the new one.`,
    );
  return [
    ...lines,
    ...renderLosses(losses),
    ...forgotten.map((resource) => `WARNING: ${resourceLabel(resource)} ${leftBehind}.`),
    ...unmoved
      .filter(isRepository)
      .map(
        ({ address, to }) => `WARNING: ${address}: ${to} declares it now, but its state was not moved there.`,
      ),
    ...registryLosses.map(({ name, text }) => `WARNING: ${name}: ${text}.`),
    ...weakenings.map((weakening) => `WARNING: ${resourceLabel(weakening)}: ${weakening.text}.`),
  ].join("\n");
}

/** How many steps Terraform takes to apply a plan, in which a replacement is destroyed and created. */
export const stepsOf = ({ counts, imports }: Pick<Review, "counts" | "imports">): number =>
  counts.create + counts.change + counts.destroy + 2 * counts.replace + imports;

/** The numbers of Terraform's own summary, in which a replacement is added and destroyed. */
function countsText({ counts, imports, outputs, forgotten, moved }: Review): string {
  const { create, change, replace, destroy } = counts;
  const inState = [
    ...(moved.length > 0 ? [`${moved.length} to move to a new address`] : []),
    ...(forgotten.length > 0 ? [`${forgotten.length} to forget`] : []),
  ];
  if (create + change + replace + destroy + imports === 0 && inState.length > 0) return inState.join(", ");
  if (create + change + replace + destroy + imports === 0)
    return outputs > 0 ? "only outputs change" : "only the state changes";
  const numbers = [
    ...(imports > 0 ? [`${imports} to import`] : []),
    ...[`${create + replace} to add`, `${change} to change`, `${destroy + replace} to destroy`],
    ...inState,
  ].join(", ");
  return replace === 0
    ? numbers
    : `${numbers}; ${replace === 1 ? "1 is a replacement" : `${replace} are replacements`}`;
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
  name === address ? address : `${name} (${address})`;
