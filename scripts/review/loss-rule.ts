import type { Layer } from "../../environments/naming";
import { valueAt } from "../../modules/values/value-at";
import { attributeTexts } from "./attribute-text";
import type { ResourceChange } from "./terraform-plan";

/** What a plan that destroys or replaces a resource would lose. */
export interface LossExplanation {
  /** The resource's own name, e.g. that of a repository. */
  readonly name: string;
  /** What is lost, why, and what to do instead. Each is a sentence or an attribute change. */
  readonly sentences: readonly string[];
}

/** What loss rules know about the environment. */
export interface LossContext {
  /** Bucket that holds the states; `undefined` for local states. */
  readonly stateBucket: string | undefined;
  /** Layer of the stack. */
  readonly layer: Layer;
}

/** Explains the loss of one resource. */
export type LossRule = (change: ResourceChange, context: LossContext) => LossExplanation;

/** Current value of an attribute, before the plan is applied. */
export const currentValue = ({ change }: ResourceChange, attribute: string): unknown =>
  valueAt(change.before, [attribute]);

/** Whether the plan creates a new resource in its place. */
export const isReplaced = ({ change }: ResourceChange): boolean => change.actions.includes("create");

/** Whether the plan destroys it because the configuration no longer has it, and not for `-destroy`. */
export const isUndeclared = ({ action_reason: reason }: ResourceChange): boolean =>
  reason === "delete_because_no_resource_config";

/** Why Terraform destroys or replaces it: the attributes that force a replacement, or the reason in the plan. */
export function lossReasons(change: ResourceChange): string[] {
  const { change: details, action_reason: reason, address } = change;
  const forced = (details.replace_paths ?? []).flatMap((path) =>
    attributeTexts(change, path).map(({ text }) => text),
  );
  if (forced.length > 0) return forced;
  if (isUndeclared(change))
    return [
      "No longer in the configuration: an entry in the environment file was removed or renamed, or an option that creates this has changed.",
    ];
  if (reason === "replace_because_tainted")
    return [
      `Terraform has marked it as tainted. If it is healthy, run terraform untaint '${address}' in the stack's folder.`,
    ];
  if (reason === "replace_by_request") return ["The -replace flag requests it."];
  return [];
}
