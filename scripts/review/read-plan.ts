import { withoutSensitiveValues } from "./hidden-values";
import { parsePlan, type TerraformPlan } from "./terraform-plan";

/**
 * Read the output of `terraform show -json` for a plan. What it marks as sensitive, or looks like a secret, is left out, so
 * nothing that is made from the result can show it.
 *
 * @throws Error when its format has another major version
 */
export const readPlan = (json: string): TerraformPlan => withoutSensitiveValues(parsePlan(json));
