import type { GateName } from "../../environments/options/acknowledged-changes";
import { valueAt } from "../../modules/values/value-at";
import { gates } from "./gates/all-gates";
import { isHidden } from "./hidden-word";
import { subjectExists } from "./policy-subject";
import { effectOf, type ResourceChange } from "./terraform-plan";
import type { Weakening, WeakeningContext, WeakeningRule } from "./weakening";

/**
 * Everything that a plan makes weaker, in the order of its resources and of the gates. What destroys or replaces a resource
 * with content is not here: see `protectedTypes`. What a registry takes away is in `registryLosses`.
 */
export function weakeningsIn(context: WeakeningContext): Weakening[] {
  const weakenings: Weakening[] = [];
  for (const change of context.plan.resource_changes ?? []) {
    const effect = effectOf(change);
    if (effect === undefined) continue;
    for (const { gate, rule } of rulesByType.get(change.type) ?? [])
      for (const weakness of rule(change, context)) {
        const isNew = effect === "create" && !subjectExists(change, context.plan);
        const { text, access, severity } = typeof weakness === "string" ? { text: weakness } : weakness;
        const named = { address: change.address, name: nameOf(change), gate, text };
        const known = access === undefined ? named : { ...named, access };
        const weakening: Weakening = severity === undefined ? known : { ...known, severity };
        weakenings.push(isNew ? { ...weakening, isNew } : weakening);
      }
  }
  return weakenings;
}

/** The rules of all gates for each resource type, in the order of the gates. */
const rulesByType = new Map<string, { gate: GateName; rule: WeakeningRule }[]>();
for (const [gate, { rules = {} }] of gates)
  for (const [type, ofType] of Object.entries(rules))
    rulesByType.set(type, [
      ...(rulesByType.get(type) ?? []),
      ...(ofType ?? []).map((rule) => ({ gate, rule })),
    ]);

/** Attributes that name a resource, the best first. */
const namingAttributes = [
  "name",
  "repository",
  "bucket",
  "description",
  "prefix",
  "service_name",
  "secret_arn",
  "id",
];

/** The own name of a resource, or else its address. A name that is sensitive is none. */
export function nameOf({ address, change: { before, after } }: ResourceChange): string {
  for (const attribute of namingAttributes)
    for (const side of [before, after]) {
      const value = valueAt(side, [attribute]);
      if (typeof value === "string" && value !== "" && !isHidden(value)) return value;
    }
  return address;
}
