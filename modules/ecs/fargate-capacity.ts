/** Capacity provider for tasks on AWS Fargate. */
export const fargate = "FARGATE";

/** Capacity provider for tasks on spare capacity of Fargate, which AWS can stop with a warning of two minutes. */
export const fargateSpot = "FARGATE_SPOT";

/** How ECS spreads tasks over Fargate and Fargate Spot: the base first, then by weights. */
export interface FargateCapacity {
  /** Tasks that always run on Fargate, 0 to 100,000. */
  readonly onDemandBase: number;
  /** 0 to 1000. */
  readonly onDemandWeight: number;
  /** 0 to 1000. `0` runs all tasks on Fargate. */
  readonly spotWeight: number;
}

/** All tasks on Fargate. */
export const onDemand: FargateCapacity = { onDemandBase: 0, onDemandWeight: 1, spotWeight: 0 };

/** All tasks on Fargate Spot. */
export const allSpot: FargateCapacity = { onDemandBase: 0, onDemandWeight: 0, spotWeight: 1 };

/** An entry of a capacity provider strategy. */
export interface StrategyItem {
  readonly capacityProvider: string;
  readonly base?: number;
  readonly weight: number;
}

/**
 * The capacity provider strategy. A provider that gets no task is left out, so that a service without Spot has the same strategy
 * however that is said.
 *
 * @throws Error when ECS would place no task, or ignore the base
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export function capacityStrategy({
  onDemandBase,
  onDemandWeight,
  spotWeight,
}: FargateCapacity): StrategyItem[] {
  if (onDemandWeight + spotWeight === 0) throw new Error("one of the weights must be at least 1");
  if (onDemandBase > 0 && onDemandWeight === 0)
    throw new Error("ECS places no task on a provider with weight 0, so it would ignore the base");
  if (spotWeight === 0) return [{ capacityProvider: fargate, weight: 1 }];
  const spot = { capacityProvider: fargateSpot, weight: spotWeight };
  if (onDemandWeight === 0) return [spot];
  const base = onDemandBase > 0 && { base: onDemandBase };
  return [{ capacityProvider: fargate, ...base, weight: onDemandWeight }, spot];
}
