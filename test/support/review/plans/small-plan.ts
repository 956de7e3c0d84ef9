import { valueAt } from "../../../../modules/values/value-at";
import { replicationType, scanningType } from "../../../../scripts/review/registry-loss";
import { effectOf, type ResourceChange, type TerraformPlan } from "../../../../scripts/review/terraform-plan";

/** What a review reads of a plan. Arguments that are not set on either side, and marks that mark nothing, are left out. */
export function smallPlan({
  format_version,
  resource_changes: changes = [],
  output_changes: outputs = {},
}: TerraformPlan): TerraformPlan {
  return {
    format_version,
    resource_changes: changes.filter(isRead).map(smallChange),
    output_changes: Object.fromEntries(
      Object.entries(outputs)
        .filter(([, { actions }]) => !actions.includes("no-op"))
        .map(([name, { actions }]) => [name, { actions }]),
    ),
  };
}

/** The settings of a registry are read even if they stay as they are. */
const isRead = (change: ResourceChange): boolean =>
  effectOf(change) !== undefined ||
  change.change.importing !== undefined ||
  [scanningType, replicationType].includes(change.type);

function smallChange({ address, mode, type, action_reason, change }: ResourceChange): ResourceChange {
  const { actions, before, after, replace_paths, importing } = change;
  const isSet = (key: string) => [before, after].some((side) => !isNothing(valueAt(side, [key])));
  const small = (side: unknown) =>
    isObject(side) ? Object.fromEntries(Object.entries(side).filter(([key]) => isSet(key))) : side;
  return {
    ...{ address, mode, type },
    ...(action_reason !== undefined && { action_reason }),
    change: {
      ...{ actions, before: small(before), after: small(after) },
      after_unknown: marked(change.after_unknown) ?? {},
      before_sensitive: marked(change.before_sensitive) ?? false,
      after_sensitive: marked(change.after_sensitive) ?? false,
      ...(replace_paths !== undefined && { replace_paths }),
      ...(importing !== undefined && { importing }),
    },
  };
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/** Marks without those that are `false`; `undefined` if nothing is marked. Places in a list stay. */
function marked(marks: unknown): unknown {
  if (Array.isArray(marks)) {
    const items = marks.map((mark) => marked(mark) ?? false);
    return items.every((item) => item === false) ? undefined : items;
  }
  if (!isObject(marks)) return marks === true ? true : undefined;
  const kept = Object.entries(marks).flatMap(([key, mark]) => {
    const small = marked(mark);
    return small === undefined ? [] : [[key, small] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
