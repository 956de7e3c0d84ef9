import { templatePrefixProblem } from "../../modules/ecr/cache/template-prefix";
import type { UncheckedTemplate } from "../options/creation-template";
import type { RuleContext } from "../schema/rule";
import { lifecycleRules } from "./lifecycle";
import { mutabilityRules } from "./repository";

/** Rules for one repository creation template. */
export function creationTemplateRules(
  prefix: string,
  template: UncheckedTemplate,
  context: RuleContext,
): void {
  mutabilityRules(template, context);
  lifecycleRules(template, context);
  const { appliedFor } = template;
  if (Array.isArray(appliedFor) && appliedFor.length === 0)
    context.problem(
      ["appliedFor"],
      appliedFor,
      "a template that applies to nothing has no effect; add REPLICATION or CREATE_ON_PUSH",
    );
  const advice = templatePrefixProblem(prefix);
  if (advice !== undefined) context.problem([], prefix, advice);
}
