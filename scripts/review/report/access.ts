import { valueAt } from "../../../modules/values/value-at";
import { grantChange } from "../grant-statements";
import { resourceLabel } from "../plan-review";
import { subjectExists } from "../policy-subject";
import { saidIn } from "../statement-access";
import { effectOf, isUnknown, type ResourceChange, type TerraformPlan } from "../terraform-plan";
import { nameOf } from "../weakenings";
import { subjectGoes } from "../weaker-document";
import { type AccessDelta, accessDeltas } from "./access-rows";
import { policyArgumentOf, statementsOf, textAt } from "./policy-arguments";

/** How the policies of a plan change. */
export interface AccessChanges {
  readonly access: readonly AccessDelta[];
  /** Policies of which the new or the old text cannot be read. */
  readonly unreadable: readonly UnreadablePolicy[];
}

/** A policy of which a review cannot say whom it lets in. */
export interface UnreadablePolicy {
  readonly address: string;
  readonly name: string;
  /** E.g. `known only after the apply`. */
  readonly why: string;
  /** Whether it belongs to something new, which it opens to nobody who had access before. @default - false */
  readonly isNew?: boolean;
}

/**
 * Who gains or loses which action on what under which condition. Sids, order, and how statements are split do not matter.
 *
 * @param accountId of the stack, twelve digits
 */
export function accessChanges(plan: TerraformPlan, accountId: string): AccessChanges {
  const access: AccessDelta[] = [];
  const unreadable: UnreadablePolicy[] = [];
  for (const change of plan.resource_changes ?? []) {
    if (effectOf(change) === undefined) continue;
    const found = changesOf(change, accountId, existsThroughout(change, plan));
    access.push(...found.access);
    unreadable.push(...found.unreadable);
  }
  return { access, unreadable };
}

const nothing: AccessChanges = { access: [], unreadable: [] };

/** Whether what a policy belongs to exists before and after, so that a wider policy opens it. */
function existsThroughout(change: ResourceChange, plan: TerraformPlan): boolean {
  const effect = effectOf(change);
  if (effect === "create") return subjectExists(change, plan);
  return effect !== "destroy" || !subjectGoes(change, plan);
}

function changesOf(change: ResourceChange, accountId: string, exists: boolean): AccessChanges {
  if (change.type === "aws_iam_role_policy_attachment")
    return { ...nothing, access: attachmentDeltas(change, exists) };
  const resource = { address: change.address, name: nameOf(change), type: change.type, exists };
  const granted = grantChange(change);
  if (typeof granted === "string") return exists ? unreadable(change, granted, exists) : nothing;
  if (granted !== undefined)
    return {
      ...nothing,
      access: accessDeltas(resource, saidIn(granted.before, accountId), saidIn(granted.after, accountId)),
    };
  const found = policyArgumentOf(change.type);
  if (found === undefined) return nothing;
  const { before, after } = change.change;
  if (isUnknown(change, [found.argument]))
    // What is new is opened to nobody yet, and most of its policies refer to something else that is new.
    return exists ? unreadable(change, "known only after the apply", exists) : nothing;
  const [old, current] = [before, after].map((values) => statementsOf(values, found));
  if (old === undefined || current === undefined)
    return valueAt(before, [found.argument]) === valueAt(after, [found.argument])
      ? nothing
      : unreadable(change, "sensitive, or no policy in JSON", exists);
  return { ...nothing, access: accessDeltas(resource, saidIn(old, accountId), saidIn(current, accountId)) };
}

/** A policy that goes lets nobody in. */
function unreadable(change: ResourceChange, why: string, exists: boolean): AccessChanges {
  if (effectOf(change) === "destroy") return nothing;
  const policy = { address: change.address, name: nameOf(change), why, ...(!exists && { isNew: true }) };
  return { access: [], unreadable: [policy] };
}

/** Managed policies that a role gets or loses. */
function attachmentDeltas(change: ResourceChange, exists: boolean): AccessDelta[] {
  const { before, after } = change.change;
  const delta = (values: unknown, verb: "gains" | "loses"): AccessDelta[] =>
    values === null || values === undefined
      ? []
      : [
          {
            address: change.address,
            name: nameOf(change),
            principal: `role ${textAt(values, "role")}`,
            verb,
            actions: [`everything that ${attached(change, values)} allows`],
            resources: [],
            condition: "",
            ofExisting: exists,
            broadens: exists && verb === "gains",
            isPublic: false,
          },
        ];
  return [...delta(after, "gains"), ...delta(before, "loses")];
}

/** The ARN of a managed policy; that of a new one is known only after the apply. */
function attached(change: ResourceChange, values: unknown): string {
  const arn = valueAt(values, ["policy_arn"]);
  if (typeof arn === "string") return arn;
  return isUnknown(change, ["policy_arn"]) ? "a new policy" : "a policy";
}

/** An access change on one line. */
export function accessText(delta: AccessDelta): string {
  const { principal, verb, actions, resources, condition } = delta;
  const where = resources.length === 0 ? "" : ` on ${resources.join(", ")}`;
  const when = condition === "" ? "" : `, if ${condition}`;
  return `${resourceLabel(delta)}: ${principal} ${verb} ${actions.join(", ")}${where}${when}`;
}
