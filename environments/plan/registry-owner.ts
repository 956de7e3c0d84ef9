import type { Environment } from "./environment";
import type { RegistryPlan } from "./registry-plan";

/**
 * The environments that decide who owns a registry: those in its account and Region, or, if there are none, those with
 * replicas there. They agree on it: see `sharedRegistryProblems`.
 */
export function decidingOwner({ environments, replicating }: RegistryPlan): readonly Environment[] {
  return environments.length > 0 ? environments : replicating;
}

/** Whether this project owns the settings of a registry. */
export function ownsRegistry(plan: RegistryPlan): boolean {
  return decidingOwner(plan)[0]?.ecr.registryOwner !== "other-project";
}
