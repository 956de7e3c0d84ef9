import type { UncheckedEcsService } from "../options/ecs";
import type { RuleContext } from "../schema/rule";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html */
export function capacityRules({ capacity }: UncheckedEcsService, context: RuleContext): void {
  if (typeof capacity !== "object" || capacity === null) return;
  const { problem } = context.at("capacity");
  const { spotWeight, onDemandWeight, onDemandBase } = capacity;
  if (onDemandWeight !== 0) return;
  if (spotWeight === 0)
    problem(
      ["spotWeight"],
      spotWeight,
      "ECS starts no task if both weights are 0; set spotWeight or onDemandWeight to 1 or more",
    );
  else if (typeof onDemandBase === "number" && onDemandBase > 0)
    problem(
      ["onDemandWeight"],
      onDemandWeight,
      `ECS starts no tasks on a capacity provider with weight 0, so onDemandBase (${onDemandBase}) would have no effect; set onDemandWeight to 1 or more, or onDemandBase: 0`,
    );
}
