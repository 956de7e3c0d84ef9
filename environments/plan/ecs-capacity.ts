import type { EcsOptions } from "../options/ecs";

/**
 * Whether the cluster offers Fargate Spot. It does as long as a service has `capacity`, even with no share for Spot: ECS refuses to
 * take a capacity provider away while tasks run on it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html
 */
export function offersSpot({
  services,
  scheduledTasks,
}: Pick<EcsOptions, "services" | "scheduledTasks">): boolean {
  return (
    Object.values(services).some(({ capacity }) => capacity !== undefined) ||
    Object.values(scheduledTasks).some(({ spot }) => spot)
  );
}
