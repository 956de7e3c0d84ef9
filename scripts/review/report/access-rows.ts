import type { Access } from "../policy-access";
import { grouped } from "./grouped";

/** How the access of one principal changes. */
export interface AccessDelta {
  /** The resource with the policy. */
  readonly address: string;
  readonly name: string;
  /** `everyone`, an account, an ARN, a service, or the role or policy that has the permission. */
  readonly principal: string;
  readonly verb: Verb;
  readonly actions: readonly string[];
  /** ARNs; none where the policy belongs to one resource. */
  readonly resources: readonly string[];
  /** E.g. `StringEquals aws:SourceAccount = 123456789012`; empty without one. */
  readonly condition: string;
  /** Whether a resource that existed before allows more than before. */
  readonly broadens: boolean;
}

export type Verb = "gains" | "loses" | "is denied" | "is no longer denied";

/** Access that differs only in its actions, or only in its resources, is one row. */
export function rows(
  change: { readonly address: string; readonly name: string; readonly exists: boolean },
  verb: Verb,
  all: readonly Access[],
): AccessDelta[] {
  const { exists, ...resource } = change;
  const byResource = grouped(all, ({ principal, condition, resource: on }) => [principal, condition, on]);
  const withActions = byResource.map((group) => ({
    first: group[0],
    on: group[0]?.resource,
    actions: [...new Set(group.map(({ action }) => action))].toSorted(),
  }));
  const merged = grouped(withActions, ({ first, actions }) => [first?.principal, first?.condition, actions]);
  return merged.flatMap((group) => {
    const [{ first, actions } = { first: undefined, actions: [] }] = group;
    if (first === undefined) return [];
    return [
      {
        ...resource,
        principal: first.principal,
        verb,
        actions,
        resources: group.flatMap(({ on }) => (on === undefined ? [] : [on])).toSorted(),
        condition: conditionText(first.condition),
        broadens: exists && (verb === "gains" || verb === "is no longer denied"),
      },
    ];
  });
}

function conditionText(condition: object): string {
  return Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys as object).map(
        ([key, values]) => `${operator} ${key} = ${[values].flat().map(String).toSorted().join(" or ")}`,
      ),
    )
    .toSorted()
    .join(" and ");
}
