import type { Environment } from "./environment";
import type { RegistryPlan } from "./registry-plan";

/**
 * The environments that decide who owns a registry: those in its account and Region, or, if there are none, those with
 * replicas there. They agree on it: see `sharedRegistryProblems`.
 */
export function decidingOwner({ environments, replicating }: RegistryPlan): readonly Environment[] {
  return environments.length > 0 ? environments : replicating;
}

/** Who owns the registry of a Region, according to an environment that is there or has replicas there. */
export function ownerAccordingTo(
  { region: home, ecr }: Pick<Environment, "region" | "ecr">,
  region: string,
): Environment["ecr"]["registryOwner"] {
  return (region === home ? undefined : ecr.replicaRegistryOwners[region]) ?? ecr.registryOwner;
}

/** Whether this project owns the settings of a registry. */
export function ownsRegistry(plan: RegistryPlan): boolean {
  const [first] = decidingOwner(plan);
  return first === undefined || ownerAccordingTo(first, plan.region) === "this-project";
}

/** Whether this project owns a registry of an environment, its own or one of its replicas. */
export function ownsAnyRegistry({
  ecr: { registryOwner, replicaRegistryOwners },
}: Pick<Environment, "ecr">): boolean {
  return [registryOwner, ...Object.values(replicaRegistryOwners)].includes("this-project");
}
