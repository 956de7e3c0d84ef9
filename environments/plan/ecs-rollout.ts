import { healthCheckDefaults } from "../../modules/ecs/container";
import {
  graceNeeded,
  type TargetHealthCheck,
  targetHealthCheckDefaults,
} from "../../modules/ecs/health-timing";
import type { Rollout } from "../../modules/ecs/rollout-time";
import type { EcsServiceOptions } from "../options/ecs";
import { trafficShift, watchesAlarms } from "./ecs-deployment";
import { targetOptions } from "./ecs-load-balancer";

/** Minimum grace period of a service with a load balancer, in seconds, unless the file sets one. */
const usualGraceSeconds = 60;

/** Seconds that a container gets to stop on Fargate by default. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const usualStopSeconds = 30;

type TimingOptions = Pick<
  EcsServiceOptions,
  | "healthCheckCommand"
  | "healthCheckIntervalSeconds"
  | "healthCheckTimeoutSeconds"
  | "healthCheckRetries"
  | "healthCheckStartPeriodSeconds"
  | "healthCheckGracePeriodSeconds"
  | "loadBalancer"
  | "sharedLoadBalancer"
  | "deployment"
  | "stopTimeoutSeconds"
  | "containers"
  | "desiredCount"
  | "autoscaling"
>;

/** How the load balancer of a service checks its tasks; `undefined` without one. */
export function targetHealthCheck(
  service: Pick<TimingOptions, "loadBalancer" | "sharedLoadBalancer">,
): TargetHealthCheck | undefined {
  const options = targetOptions(service);
  if (options === undefined) return undefined;
  const usual = targetHealthCheckDefaults;
  return {
    intervalSeconds: options.healthCheckIntervalSeconds ?? usual.intervalSeconds,
    healthyThreshold: options.healthyThreshold ?? usual.healthyThreshold,
    unhealthyThreshold: options.unhealthyThreshold ?? usual.unhealthyThreshold,
  };
}

/** Seconds for which ECS has to ignore the load balancer, given how long the container says that it starts. */
export function graceSecondsNeeded(options: TimingOptions): number {
  const target = targetHealthCheck(options);
  return target === undefined ? 0 : graceNeeded(options.healthCheckStartPeriodSeconds ?? 0, target);
}

/** Grace period of a service; `undefined` leaves it to ECS, which has none. */
export function gracePeriodSeconds(options: TimingOptions): number | undefined {
  const { healthCheckGracePeriodSeconds: given } = options;
  if (given !== undefined || targetOptions(options) === undefined) return given;
  return Math.max(usualGraceSeconds, graceSecondsNeeded(options));
}

/** What decides how long a deployment of a service takes. */
export function rolloutOf(options: TimingOptions): Rollout {
  const { healthCheckCommand, healthCheckStartPeriodSeconds: startSeconds = 0 } = options;
  const balanced = targetOptions(options);
  const shift = trafficShift(options.deployment);
  const target = targetHealthCheck(options);
  const {
    healthCheckIntervalSeconds: interval = healthCheckDefaults.interval,
    healthCheckTimeoutSeconds: timeout = healthCheckDefaults.timeout,
    healthCheckRetries: retries = healthCheckDefaults.retries,
  } = options;
  return {
    taskCount: options.autoscaling?.minCount ?? options.desiredCount ?? 1,
    startSeconds,
    graceSeconds: gracePeriodSeconds(options) ?? 0,
    ...(healthCheckCommand && { containerFailsAfterSeconds: startSeconds + retries * (interval + timeout) }),
    ...(target && balanced && { target: { ...target, drainSeconds: balanced.deregistrationDelaySeconds } }),
    stopSeconds: Math.max(...stopTimes(options)),
    ...(shift && { shift }),
    ...(watchesAlarms(options.deployment) && { alarms: true }),
  };
}

/** Containers that nothing depends on stop at the same time, so the slowest counts; a chain of dependencies can take longer. */
function stopTimes({ stopTimeoutSeconds, containers }: TimingOptions): number[] {
  return [{ stopTimeoutSeconds }, ...Object.values(containers)].map(
    (container) => container.stopTimeoutSeconds ?? usualStopSeconds,
  );
}
