import type { JudgedStack } from "../../../scripts/review/gates/findings";
import { reviewPlan } from "../../../scripts/review/plan-review";
import { planned } from "../../../scripts/review/report/stack-report";
import type { ResourceChange, TerraformPlan } from "../../../scripts/review/terraform-plan";

export const accountId = "123456789012";

/** Arguments of a resource; `null` where it does not exist. */
type Values = Readonly<Record<string, unknown>> | null;

/** A change of one resource, as in a plan. @param replaced whether it is destroyed first */
export function oneChange(address: string, before: Values, after: Values, replaced = false): ResourceChange {
  const actions = before === null ? ["create"] : after === null ? ["delete"] : ["update"];
  return {
    address,
    mode: "managed",
    type: address.split(".")[0] ?? "",
    change: {
      ...{ actions: replaced ? ["delete", "create"] : actions, before, after },
      ...{ after_unknown: {}, before_sensitive: false, after_sensitive: false },
    },
  };
}

/** The review of a plan with these changes. @param repositories of the registry, by name, with their environment */
export function reviewed(
  changes: readonly ResourceChange[],
  stack = "compute-dev",
  repositories: Readonly<Record<string, string>> = {},
): JudgedStack {
  const plan: TerraformPlan = { format_version: "1.2", resource_changes: changes };
  const review = reviewPlan(plan, {
    ...{ stateBucket: undefined, layer: stack.startsWith("replicas-") ? "replicas" : "compute", accountId },
    environment: { project: "acme", name: "dev" },
    repositories: Object.entries(repositories).map(([name, environment]) => ({
      name,
      environment: { project: "acme", name: environment },
    })),
  });
  return planned(stack, plan, review, accountId);
}

/** A policy document with one statement for each, which allows unless it says otherwise. */
export const policy = (...statements: readonly object[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
