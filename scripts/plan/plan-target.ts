import type { Environment } from "../../environments/plan/environment";
import { type StackPlan, stacksOf } from "../../environments/plan/stacks";
import { CommandError } from "../runner/command";
import { chosenEnvironments, environmentNamed, selected } from "../runner/selection";
import type { PlanArguments } from "./arguments";

/** What to plan. */
export interface PlanTarget {
  readonly environment: Environment;
  /** In the order of deployment. */
  readonly plans: readonly StackPlan[];
}

/**
 * What to plan: every environment, those of a tier, one environment, or one stack.
 *
 * @throws CommandError as {@link planTarget} does
 */
export function planTargets(
  args: Pick<PlanArguments, "environment" | "layers" | "all" | "tier">,
  environments: readonly Environment[],
): PlanTarget[] {
  if (!args.all) return [planTarget(args, environments)];
  return chosenEnvironments(args, environments).map((environment) => ({
    environment,
    plans: selected("diff", environment, args.layers),
  }));
}

/** Stacks without those that an earlier environment has too. */
export const eachOnce = (plans: readonly StackPlan[]): StackPlan[] =>
  plans.filter(({ stack }, index) => plans.findIndex((other) => other.stack === stack) === index);

/** The environment of a stack among those that are planned. */
export const environmentOf =
  (stacks: readonly StackPlan[]) =>
  (name: string): Environment | undefined =>
    stacks.find(({ stack }) => stack === name)?.environment;

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
