import { groupBy } from "../../../modules/values/group-by";
import { valueAt } from "../../../modules/values/value-at";
import { changedPaths } from "../../review/changed-paths";
import { planCounts } from "../../review/plan-review";
import {
  attributeChange,
  type Effect,
  effectOf,
  type ResourceChange,
  type TerraformPlan,
} from "../../review/terraform-plan";
import { explanation, newResource } from "./explanation";

/** One thing that a deploy would do besides importing. */
export interface Difference {
  readonly address: string;
  readonly effect: Effect;
  /** What changes, e.g. `image_tag_mutability: "MUTABLE" -> "IMMUTABLE"`. @default - the whole resource */
  readonly change?: string;
  /** Why, and how to keep what is there. */
  readonly why: string;
}

/** What a plan does, as Terraform counts it. */
export interface Counted {
  readonly imported: number;
  readonly added: number;
  readonly changed: number;
  readonly destroyed: number;
}

/** @returns each resource in one number, but a replacement in two, and imports besides what they change */
export function countsOf(plan: TerraformPlan): Counted {
  const { counts, imports } = planCounts(plan);
  return {
    imported: imports,
    added: counts.create + counts.replace,
    changed: counts.change,
    destroyed: counts.destroy + counts.replace,
  };
}

/** Everything that a plan does besides importing, each with its explanation. */
export function differencesOf({ resource_changes: changes = [] }: TerraformPlan): Difference[] {
  return changes.flatMap((change): Difference[] => {
    const effect = effectOf(change);
    if (effect === undefined) return [];
    const { address, type } = change;
    if (effect === "create") return [{ address, effect, why: newResource(type) }];
    if (effect === "destroy")
      return [{ address, effect, why: "the state has it, and the environment file does not" }];
    return changedAttributes(change).map(({ attribute, text }) => ({
      ...{ address, effect, change: text },
      why: explanation(type, attribute),
    }));
  });
}

/** What changes, by attribute: values of one attribute have one explanation. */
function changedAttributes(change: ResourceChange): { attribute: string; text: string }[] {
  const { before, after, after_unknown: unknown } = change.change;
  // What AWS answers only after the change is no difference. Tags of the stack are in tags_all only.
  const paths = changedPaths(before, after, unknown).filter(
    ([attribute = ""]) => attribute !== "tags" && valueAt(unknown, [attribute]) !== true,
  );
  const byAttribute = groupBy(paths, ([attribute]) => String(attribute));
  return [...byAttribute].map(([attribute, values]) => ({
    attribute: attribute === "tags_all" ? "tags" : attribute,
    text: values.map((path) => attributeChange(change, path).replace(/^tags_all/, "tags")).join(", "),
  }));
}
