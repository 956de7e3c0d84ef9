import { rememberedOf } from "../../modules/values/remembered-of";
import { valueAt } from "../../modules/values/value-at";
import { effectOf, type ResourceChange, type TerraformPlan } from "./terraform-plan";

/** What rules look up in a whole plan. Searching it for each resource would take a time that grows with its square. */
interface PlanIndex {
  /** Names of the repositories that it creates or replaces. */
  readonly createdRepositories: ReadonlySet<unknown>;
  /** Names, buckets, URLs, ARNs and IDs of what it creates, without what it replaces, by type. */
  readonly created: ReadonlyMap<string, ReadonlySet<unknown>>;
  /** Addresses of the same. */
  readonly createdAddresses: ReadonlySet<string>;
  /** Types of what it replaces. */
  readonly replacedTypes: ReadonlySet<string>;
  /** Names, buckets, URLs, ARNs and IDs of what it destroys or replaces, by type. */
  readonly destroyed: ReadonlyMap<string, ReadonlySet<unknown>>;
  /** Load balancers and listeners by their ARNs, and by the references to these in a stack's JSON. */
  readonly balancing: ReadonlyMap<unknown, ResourceChange>;
}

/** The index of a plan, made once. */
export const indexOf = rememberedOf(({ resource_changes: changes = [] }: TerraformPlan): PlanIndex => {
  const createdRepositories = new Set<unknown>();
  const created = new Map<string, Set<unknown>>();
  const createdAddresses = new Set<string>();
  const replacedTypes = new Set<string>();
  const destroyed = new Map<string, Set<unknown>>();
  const balancing = new Map<unknown, ResourceChange>();
  for (const each of changes) {
    const { address, type, change } = each;
    const effect = effectOf(each);
    if (type === "aws_lb" || type === "aws_lb_listener")
      for (const arn of [`\${${address}.arn}`, valueAt(change.after ?? change.before, ["arn"])])
        balancing.set(arn, each);
    if (effect === "replace") replacedTypes.add(type);
    if (effect === "create") {
      createdAddresses.add(address);
      addIdentifiers(change.after, setOf(type, created));
    }
    if (type === "aws_ecr_repository" && change.actions.includes("create"))
      createdRepositories.add(valueAt(change.after, ["name"]));
    if (!change.actions.includes("delete")) continue;
    addIdentifiers(change.before, setOf(type, destroyed));
  }
  return { createdRepositories, created, createdAddresses, replacedTypes, destroyed, balancing };
});

function setOf(type: string, sets: Map<string, Set<unknown>>): Set<unknown> {
  const known = sets.get(type);
  if (known !== undefined) return known;
  const values = new Set<unknown>();
  sets.set(type, values);
  return values;
}

/** By what policies and rules name a resource. */
function addIdentifiers(values: unknown, to: Set<unknown>): void {
  for (const path of identifiers) {
    const value = valueAt(values, path) ?? [];
    if (!Array.isArray(value)) to.add(value);
    else for (const one of value) to.add(one);
  }
}

const identifiers = [["name"], ["repository_name"], ["bucket"], ["arn"], ["url"], ["id"]] as const;
