/** How ECS moves the traffic of a load balancer from the old tasks of a service to the new ones. Times in minutes. */
export type TrafficShift =
  | {
      /** All traffic at once. */
      readonly strategy: "BLUE_GREEN";
      /** Between the end of the shift and the end of the old tasks, 0 to 1440. */
      readonly bakeMinutes: number;
    }
  | {
      /** In equal steps, or one small step and the rest. */
      readonly strategy: "LINEAR" | "CANARY";
      readonly bakeMinutes: number;
      /** Percentage of the traffic that a step moves; only the first one of `CANARY`. */
      readonly stepPercent: number;
      /** After a step that leaves traffic with the old tasks, 0 to 1440. */
      readonly stepMinutes: number;
    };

/**
 * What AWS takes where a service names no step.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CanaryConfiguration.html
 */
export const stepDefaults = {
  LINEAR: { stepPercent: 10, stepMinutes: 6 },
  CANARY: { stepPercent: 5, stepMinutes: 10 },
} as const;

/**
 * Minutes that a shift takes, with the bake time after it. ECS does not wait after the step that reaches 100 percent.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html
 */
export function shiftTakes(shift: TrafficShift): number {
  if (shift.strategy === "BLUE_GREEN") return shift.bakeMinutes;
  const steps = Math.ceil(100 / shift.stepPercent);
  const waits = shift.strategy === "LINEAR" ? steps - 1 : Math.min(1, steps - 1);
  return waits * shift.stepMinutes + shift.bakeMinutes;
}

/** The arguments of `aws_ecs_service`, whose times are texts. */
export function shiftConfig(shift: TrafficShift) {
  const common = { strategy: shift.strategy, bakeTimeInMinutes: String(shift.bakeMinutes) };
  if (shift.strategy === "BLUE_GREEN") return common;
  const { stepPercent, stepMinutes } = shift;
  return shift.strategy === "LINEAR"
    ? { ...common, linearConfiguration: { stepPercent, stepBakeTimeInMinutes: String(stepMinutes) } }
    : {
        ...common,
        canaryConfiguration: { canaryPercent: stepPercent, canaryBakeTimeInMinutes: String(stepMinutes) },
      };
}
