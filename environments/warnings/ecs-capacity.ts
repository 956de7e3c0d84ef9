import type { EcsOptions, EcsServiceOptions } from "../options/ecs";
import type { Environment } from "../plan/environment";
import type { Warning } from "./warning";

/** Services and scheduled tasks that Fargate Spot does not suit. */
export function spotWarnings({ ecs, tier }: Pick<Environment, "ecs" | "tier">): Warning[] {
  const { services = {}, scheduledTasks = {} }: Partial<EcsOptions> = ecs ?? {};
  const production = tier === "production";
  return [
    ...Object.entries(services).flatMap(([name, options]) => {
      const text = spotService(options, production);
      return text === undefined
        ? []
        : [{ warning: "spot-unfit" as const, path: ["ecs", "services", name, "capacity"], text }];
    }),
    ...Object.entries(scheduledTasks).flatMap(([name, { spot }]) =>
      spot && production
        ? [
            {
              warning: "spot-unfit" as const,
              path: ["ecs", "scheduledTasks", name, "spot"],
              text: "AWS can stop this task at any time, and nothing starts it again before the next time of the schedule. Remove this option, or accept the warning if the work can wait.",
            },
          ]
        : [],
    ),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html */
function spotService(options: EcsServiceOptions, production: boolean): string | undefined {
  const { capacity, autoscaling, desiredCount = 1 } = options;
  if (capacity === undefined || capacity.spotWeight === 0) return undefined;
  const { onDemandBase } = capacity;
  const most = autoscaling?.maxCount ?? desiredCount;
  const least = autoscaling?.minCount ?? desiredCount;
  if (most > 0 && most <= onDemandBase)
    return `The service has at most ${most} ${most === 1 ? "task" : "tasks"}, and onDemandBase is ${onDemandBase}, so no task runs on Spot. Lower onDemandBase, or remove this option.`;
  if (onDemandBase > 0) return undefined;
  if (least === 1)
    return "The service can have a single task, and AWS can stop it at any time; ECS starts another one only if Spot has capacity. Set onDemandBase: 1 and run at least two tasks, or remove this option.";
  return production
    ? "All tasks can run on Spot, and AWS can stop them all at the same time. Set onDemandBase to the minimum number of tasks that production needs."
    : undefined;
}
