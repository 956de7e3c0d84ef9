import { valueAt } from "../../modules/values/value-at";
import { isHidden } from "./hidden-word";
import { effectOf, type ResourceChange } from "./terraform-plan";
import type { Weakening, WeakeningContext } from "./weakening";
import { weakeningRules } from "./weakening-rules";

/** Everything that a plan makes weaker, in the order of its resources. */
export function weakeningsIn(context: WeakeningContext): Weakening[] {
  return (context.plan.resource_changes ?? [])
    .filter((change) => effectOf(change) !== undefined)
    .flatMap((change) => {
      const rules = Object.hasOwn(weakeningRules, change.type) ? (weakeningRules[change.type] ?? []) : [];
      const { address } = change;
      return rules
        .flatMap((rule) => rule(change, context))
        .map((text) => ({ address, name: nameOf(change), text }));
    });
}

/** Attributes that name a resource, the best first. */
const namingAttributes = ["name", "repository", "bucket", "description", "prefix", "secret_arn", "id"];

/** The own name of a resource, or else its address. A name that is sensitive is none. */
export function nameOf({ address, change: { before, after } }: ResourceChange): string {
  const [name] = namingAttributes
    .flatMap((attribute) => [valueAt(before, [attribute]), valueAt(after, [attribute])])
    .filter((value) => typeof value === "string" && value !== "" && !isHidden(value));
  return name === undefined ? address : String(name);
}
