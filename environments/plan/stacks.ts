import type { Environment, StateLocation } from "../environment";
import { type Layer, type RegistryAddress, registryStackName, stackName } from "../naming";

/** One stack of the app: what it is called, and whose state location it uses. */
export interface StackPlan {
  readonly stack: string;
  readonly layer: Layer | "registry";
  /** The environment it belongs to; for a registry, the first of those that share it. */
  readonly environment: Environment;
}

/** Key of a stack's state in its bucket. */
export function stateKey(state: Extract<StateLocation, { backend: "s3" }>, stack: string): string {
  return `${state.keyPrefix}/${stack}/terraform.tfstate`;
}

/** The stacks of one environment in the order in which they are deployed, without the bootstrap. */
export function deployOrder(environment: Environment): StackPlan[] {
  return (["security", "network", "registry", "compute"] as const)
    .filter((layer) => layer !== "network" || environment.network !== undefined)
    .map((layer) => ({
      layer,
      environment,
      stack: layer === "registry" ? registryStackName(environment) : stackName(layer, environment),
    }));
}

/** The other environments that share an environment's registry. */
export function sharesRegistry(
  environment: Environment,
  environments: readonly Environment[],
): Environment[] {
  const same = (a: RegistryAddress, b: RegistryAddress) => registryStackName(a) === registryStackName(b);
  return environments.filter((other) => other.name !== environment.name && same(other, environment));
}
