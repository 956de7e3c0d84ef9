import type { ConsumerKind } from "../options/consumers";
import type { UncheckedEnvironment } from "../options/environment";
import { uncheckedConsumers } from "../plan/consumers";
import type { RuleContext } from "../schema/rule";
import { ecsRules } from "./ecs";
import { eksRules } from "./eks";
import { imageRules } from "./images";
import { lambdaRules } from "./lambda";
import { variableRules } from "./variables";

/** The rules of each kind of consumer, in addition to those for images, variables and secrets of every kind. */
const kindRules: Readonly<
  Record<ConsumerKind, (environment: UncheckedEnvironment, context: RuleContext) => void>
> = { ecs: ecsRules, lambda: lambdaRules, eks: eksRules };

/** Rules for everything that runs images. */
export function consumerRules(environment: UncheckedEnvironment, context: RuleContext): void {
  for (const { kind, path, options } of uncheckedConsumers(environment)) {
    const consumer = context.at(...path);
    const { image } = options;
    if (typeof image === "object" && image !== null)
      imageRules(environment, kind, image, consumer.at("image"));
    variableRules(environment, options, consumer);
  }
  for (const rules of Object.values(kindRules)) rules(environment, context);
}
