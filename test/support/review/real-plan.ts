import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ReviewContext } from "../../../scripts/review/plan-review";
import { parsePlan, type ResourceChange, type TerraformPlan } from "../../../scripts/review/terraform-plan";

const planIn = (file: string): TerraformPlan => parsePlan(readFileSync(join(__dirname, file), "utf8"));

/** A plan by Terraform 1.11.4 and AWS provider 5.100.0, cut down to the attributes that the review knows. */
export const realPlan: TerraformPlan = planIn("aws-5.100.0-plan.json");

/** Another one, which makes settings weaker and stronger. Terraform's summary: 5 to add, 17 to change, 7 to destroy. */
export const weakeningPlan: TerraformPlan = planIn("aws-5.100.0-weakening-plan.json");

/** One change of the first, or of another plan, by address. */
export function realChange(address: string, plan = realPlan): ResourceChange {
  const found = plan.resource_changes?.find((change) => change.address === address);
  if (!found) throw new Error(`the plan has no ${address}`);
  return found;
}

/** What the review of it knows besides the plan. */
export const reviewContext: ReviewContext = {
  layer: "compute",
  stateBucket: "myproject-dev-tfstate-123456789012",
  environment: { project: "myproject", name: "dev" },
  accountId: "123456789012",
  repositories: [],
};

/** A plan with these changes alone. */
export const planOf = (...changes: ResourceChange[]): TerraformPlan => ({
  format_version: "1.2",
  resource_changes: changes,
});
