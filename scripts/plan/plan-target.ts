import type { Environment } from "../../environments/plan/environment";
import { type StackPlan, stacksOf } from "../../environments/plan/stacks";
import { CommandError } from "../runner/command";
import { environmentNamed, selected } from "../runner/selection";
import type { PlanArguments } from "./arguments";

/** What to plan. */
export interface PlanTarget {
  readonly environment: Environment;
  /** In the order of deployment. */
  readonly plans: readonly StackPlan[];
}

/**
 * The environment of that name with the stacks of its layers, or one stack of any environment.
 *
 * @throws CommandError when there is neither, or when a stack is further restricted to layers
 */
export function planTarget(
  { environment: name, layers }: Pick<PlanArguments, "environment" | "layers">,
  environments: readonly Environment[],
): PlanTarget {
  const isEnvironment = environments.some((environment) => environment.name === name);
  const plan = environments.flatMap(stacksOf).find(({ stack }) => stack === name);
  if (isEnvironment || plan === undefined) {
    const environment = environmentNamed(name, environments);
    return { environment, plans: selected("diff", environment, layers) };
  }
  if (layers.length > 0) throw new CommandError(`${name} is one stack; remove --layer ${layers.join(", ")}.`);
  return { environment: plan.environment, plans: [plan] };
}
