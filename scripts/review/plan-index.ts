import { valueAt } from "../../modules/values/value-at";
import type { ResourceChange, TerraformPlan } from "./terraform-plan";

/** What rules look up in a whole plan. Searching it for each resource would take a time that grows with its square. */
interface PlanIndex {
  /** Names of the repositories that it creates or replaces. */
  readonly createdRepositories: ReadonlySet<unknown>;
  /** Names, buckets and ARNs of what it destroys or replaces, by type. */
  readonly destroyed: ReadonlyMap<string, ReadonlySet<unknown>>;
}

const indexes = new WeakMap<TerraformPlan, PlanIndex>();

/** The index of a plan, made once. */
export function indexOf(plan: TerraformPlan): PlanIndex {
  const index = indexes.get(plan) ?? indexed(plan.resource_changes ?? []);
  indexes.set(plan, index);
  return index;
}

function indexed(changes: readonly ResourceChange[]): PlanIndex {
  const createdRepositories = new Set<unknown>();
  const destroyed = new Map<string, Set<unknown>>();
  for (const { type, change } of changes) {
    if (type === "aws_ecr_repository" && change.actions.includes("create"))
      createdRepositories.add(valueAt(change.after, ["name"]));
    if (!change.actions.includes("delete")) continue;
    const values = destroyed.get(type) ?? new Set();
    destroyed.set(type, values);
    for (const name of ["name", "bucket", "arn"]) {
      const value = valueAt(change.before, [name]);
      if (value !== undefined && value !== null) values.add(value);
    }
  }
  return { createdRepositories, destroyed };
}
