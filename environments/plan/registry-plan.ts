import { type RegistryAddress, registryStackName } from "../naming";
import type { Environment } from "./environment";
import { furtherRegistries } from "./replicas";

/**
 * A registry and the environments that share it: at least one. Both lists are ordered by name, so that the order of the
 * files does not matter.
 */
export interface RegistryPlan<E extends Environment = Environment> extends RegistryAddress {
  /** The environments in its account and Region. */
  readonly environments: readonly E[];
  /** The environments of the account in other Regions that have replicas here. */
  readonly replicating: readonly E[];
}

/** Group environments by registry: an account has one in each Region. Replicas are in the registry of their Region. */
export function registryPlans<E extends Environment>(environments: readonly E[]): RegistryPlan<E>[] {
  const plans = new Map<
    string,
    { [K in keyof RegistryPlan]: K extends keyof RegistryAddress ? string : E[] }
  >();
  const planOf = (address: RegistryAddress) => {
    const { accountId, region } = address;
    const id = registryStackName(address);
    const plan = plans.get(id) ?? { accountId, region, environments: [], replicating: [] };
    plans.set(id, plan);
    return plan;
  };
  for (const environment of environments.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    planOf(environment).environments.push(environment);
    for (const address of furtherRegistries(environment)) planOf(address).replicating.push(environment);
  }
  return [...plans.values()];
}

/** All environments of a registry. The first decides where the state of the registry's stack is. */
export function usersOf<E extends Environment>({ environments, replicating }: RegistryPlan<E>): [E, ...E[]] {
  const [first, ...others] = [...environments, ...replicating];
  if (first === undefined) throw new Error("a registry has at least one environment");
  return [first, ...others];
}
