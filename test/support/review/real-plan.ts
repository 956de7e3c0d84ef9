import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePlan, type ResourceChange, type TerraformPlan } from "../../../scripts/review/terraform-plan";

/** A plan by Terraform 1.11.4 and AWS provider 5.100.0, cut down to the attributes that the review knows. */
export const realPlan: TerraformPlan = parsePlan(
  readFileSync(join(__dirname, "aws-5.100.0-plan.json"), "utf8"),
);

/** One change of it, by address. */
export function realChange(address: string): ResourceChange {
  const found = realPlan.resource_changes?.find((change) => change.address === address);
  if (!found) throw new Error(`the plan has no ${address}`);
  return found;
}

/** A plan with these changes alone. */
export const planOf = (...changes: ResourceChange[]): TerraformPlan => ({
  format_version: "1.2",
  resource_changes: changes,
});
