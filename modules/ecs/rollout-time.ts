import { healthyAfter, type TargetHealthCheck } from "./health-timing";
import { shiftTakes, type TrafficShift } from "./traffic-shift";

/** What decides how long a deployment of a service takes. Times in seconds. */
export interface Rollout {
  /** Number of tasks; with autoscaling, the fewest. */
  readonly taskCount: number;
  /** Until the container answers. */
  readonly startSeconds: number;
  /** For which ECS ignores failed health checks. */
  readonly graceSeconds: number;
  /** For which a container may fail its own health check before it is unhealthy. @default - it has no such check */
  readonly containerFailsAfterSeconds?: number;
  /** @default - there is no load balancer */
  readonly target?: TargetHealthCheck & { readonly drainSeconds: number };
  /** Between the signal to stop and the one that ends the container. */
  readonly stopSeconds: number;
  /** How ECS shifts the traffic to the new tasks. @default - it replaces tasks one group after the other (rolling) */
  readonly shift?: TrafficShift;
  /** Whether CloudWatch alarms can fail a deployment. @default false */
  readonly alarms?: boolean;
}

/** For ECS to place a task, pull its image and start it. An assumption: AWS documents no time. */
const launchSeconds = 120;

/** For ECS to change the weights of a listener rule and to go through the stages of a shift. An assumption, as above. */
const shiftSeconds = 300;

/**
 * For which ECS at most watches the alarms of a rolling deployment after its last task: ECS works it out from the alarms, and
 * no longer than this is documented.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-deploymentconfiguration.html
 */
const alarmSeconds = 3 * 60 * 60;

/**
 * Minutes that the AWS provider waits for a steady service unless `timeouts` says otherwise.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service#timeouts
 */
export const usualWaitMinutes = 20;

/**
 * How many times in a row ECS starts tasks that fail before the circuit breaker ends a deployment: it ends after half as many
 * failures as there are tasks, at least 3 and at most 200, and as many tasks start at a time as the service has.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function failingRounds(taskCount: number): number {
  if (taskCount === 0) return 0;
  const threshold = Math.min(200, Math.max(3, Math.ceil(taskCount / 2)));
  return Math.ceil(threshold / taskCount);
}

/** Seconds after which ECS has ended a deployment whose tasks never become healthy, at the latest. */
export function failureTakes(rollout: Rollout): number {
  const { target, graceSeconds, containerFailsAfterSeconds } = rollout;
  const failsAfter = [
    ...(target ? [(target.unhealthyThreshold + 1) * target.intervalSeconds] : []),
    ...(containerFailsAfterSeconds === undefined ? [] : [containerFailsAfterSeconds]),
  ];
  const noticed = failsAfter.length === 0 ? 0 : Math.max(graceSeconds, Math.min(...failsAfter));
  return failingRounds(rollout.taskCount) * (launchSeconds + noticed + stopping(rollout));
}

/** Seconds after which a deployment is complete whose tasks become healthy, at the latest. */
export function successTakes(rollout: Rollout): number {
  const { shift, alarms = false } = rollout;
  const watched = shift ? shiftSeconds + 60 * shiftTakes(shift) : alarms ? alarmSeconds : 0;
  return started(rollout) + watched + stopping(rollout);
}

/**
 * Seconds that ECS takes to roll a deployment back, once an alarm has failed it; 0 without alarms. After a shift, the old
 * tasks still run, and only the traffic returns to them.
 */
export function rollbackTakes(rollout: Rollout): number {
  if (rollout.alarms !== true) return 0;
  return (rollout.shift ? shiftSeconds : started(rollout)) + stopping(rollout);
}

/** Seconds after which the load balancer sends requests to new tasks, at the latest. */
function started({ target, startSeconds }: Rollout): number {
  return launchSeconds + (target ? healthyAfter(startSeconds, target) : startSeconds);
}

/** ECS waits until the load balancer has let go of a task, and only then stops it. */
function stopping({ target, stopSeconds }: Rollout): number {
  return (target?.drainSeconds ?? 0) + stopSeconds;
}

/**
 * Minutes that Terraform has to wait for a service, so that it sees the end of a deployment, also of one that fails.
 * `undefined` where the provider waits long enough by itself.
 */
export function waitMinutes(rollout: Rollout): number | undefined {
  const seconds = Math.max(failureTakes(rollout), successTakes(rollout) + rollbackTakes(rollout));
  return seconds > usualWaitMinutes * 60 ? Math.ceil(seconds / 60) : undefined;
}
