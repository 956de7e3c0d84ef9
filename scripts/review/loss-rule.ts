import { valueAt } from "../../modules/values/value-at";
import { attributeChange, type ResourceChange } from "./terraform-plan";

/** What a rule says of a resource that a plan destroys or replaces. */
export interface Explanation {
  /** What people call it, e.g. the name of a repository. */
  readonly name: string;
  /** Sentences: what is lost, and the ways out. */
  readonly sentences: readonly string[];
}

/** What a rule may know of the environment. */
export interface RuleContext {
  /** Bucket that holds the state. `undefined`: there is none. */
  readonly stateBucket: string | undefined;
}

/** Explains the loss of one resource. */
export type LossRule = (change: ResourceChange, context: RuleContext) => Explanation;

/** Value of an attribute in what is there now. */
export const before = ({ change }: ResourceChange, attribute: string): unknown =>
  valueAt(change.before, [attribute]);

/** Whether a new one takes its place. */
export const replaced = ({ change }: ResourceChange): boolean => change.actions.includes("create");

/** Why Terraform does it: the attributes that force a replacement, or the reason that it gives. */
export function reasons(change: ResourceChange): string[] {
  const { change: details, action_reason: reason, address } = change;
  const forced = (details.replace_paths ?? []).map((path) => attributeChange(change, path));
  if (forced.length > 0) return forced;
  if (reason === "delete_because_no_resource_config")
    return [
      "It is no longer in the configuration: its entry was taken out of the environment file, or renamed.",
    ];
  if (reason === "replace_because_tainted")
    return [
      `Terraform holds it for damaged (tainted). If it is sound, say so in the stack's folder: terraform untaint '${address}'`,
    ];
  if (reason === "replace_by_request") return ["The flag -replace asks for it."];
  return [];
}
