import { LifecycleRule } from "../../modules/ecr/lifecycle/lifecycle-rule";
import { nonEmpty } from "../../modules/values/fields";

const { rulePriority, action } = LifecycleRule.shape;

/** One rule of an environment file: as in the lifecycle policy JSON, but priority and action may be left out. */
export const LifecycleRuleOptions = LifecycleRule.extend({
  rulePriority: rulePriority.optional().meta({
    description:
      "ECR applies rules in order of priority, lowest number first. Set it for every rule or for none.",
    defaultNote: "1, 2, 3 … in the order of the list",
  }),
  description: nonEmpty("a description is a non-empty string; write a sentence or remove it")
    .optional()
    .meta({ description: "Description of the rule, which the ECR console shows.", defaultNote: "none" }),
  action: action.default({ type: "expire" }),
}).describe(
  "One lifecycle rule, as in the lifecycle policy JSON. Rules that archive images or count days since the last pull require AWS provider 6.28.0.",
);
