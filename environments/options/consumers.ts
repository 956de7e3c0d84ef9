import { EcsOptions } from "./ecs";
import { EksOptions } from "./eks";
import { LambdaOptions } from "./lambda";

/**
 * The kinds of consumers, which run images, by their section in an environment file. The tables in the other folders
 * have the same keys: `consumerKinds` in plan/, `consumerRules` in rules/, `consumerRoles` and `consumerResources` in
 * layers/.
 */
export const consumerOptions = {
  ecs: EcsOptions.optional().meta({ defaultNote: "no cluster" }),
  lambda: LambdaOptions.optional().meta({ defaultNote: "no functions" }),
  eks: EksOptions.optional().meta({ defaultNote: "no cluster" }),
};

/** A kind of consumer, e.g. `ecs`. */
export type ConsumerKind = keyof typeof consumerOptions;
