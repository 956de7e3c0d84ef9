import { LbTargetGroup, type LbTargetGroupConfig } from "@cdktf/provider-aws/lib/lb-target-group";
import type { Construct } from "constructs";

/** How a load balancer checks the tasks of a service, and how it begins and ends sending requests. Times in seconds. */
export interface TargetGroupProps {
  /** Path where a healthy container responds with one of the status codes. */
  readonly healthCheckPath: string;
  /** Codes and ranges from 200 to 499, e.g. `200-299,302`. */
  readonly healthCheckStatusCodes: string;
  /** @default - the AWS provider's, 30 */
  readonly healthCheckIntervalSeconds?: number | undefined;
  /** Less than the interval. @default - the AWS provider's, 5 */
  readonly healthCheckTimeoutSeconds?: number | undefined;
  /** Successes in a row after which an unhealthy task is healthy. @default - the AWS provider's, 3 */
  readonly healthyThreshold?: number | undefined;
  /** Failures in a row after which a task is unhealthy. @default - the AWS provider's, 3 */
  readonly unhealthyThreshold?: number | undefined;
  /** Time for requests to complete before ECS stops their task, 0 to 3600. */
  readonly deregistrationDelaySeconds: number;
  /** Time over which a new task gets its share of the requests. @default - at once */
  readonly slowStartSeconds?: number | undefined;
  /** Requests of one client go to one task. @default - to any */
  readonly stickiness?: Stickiness | undefined;
}

export interface Stickiness {
  readonly durationSeconds: number;
  /** Cookie that the application sets. @default - the load balancer sets one */
  readonly cookieName?: string | undefined;
}

/**
 * Port for targets that are registered without one. ECS registers each task with its container port, so this is never
 * used. It is fixed because AWS cannot change it: with the container port here, another port would replace the target
 * group.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const unusedPort = 80;

/** Add a target group for tasks on Fargate. @param name value of its tag `Name` */
export function addTargetGroup(
  scope: Construct,
  id: string,
  { name, vpcId, ...props }: TargetGroupProps & { readonly name: string; readonly vpcId: string },
): LbTargetGroup {
  return new LbTargetGroup(scope, id, {
    // A target group cannot be deleted while a listener uses it, so its replacement is created first, under another
    // name.
    namePrefix: "ecs-",
    lifecycle: { createBeforeDestroy: true },
    vpcId,
    targetType: "ip",
    protocol: "HTTP",
    port: unusedPort,
    ...targetGroupConfig(props),
    tags: { Name: name },
  });
}

/** The arguments of a target group; those that are not given are left out. */
function targetGroupConfig(
  props: TargetGroupProps,
): Pick<LbTargetGroupConfig, "deregistrationDelay" | "healthCheck" | "slowStart" | "stickiness"> {
  const { slowStartSeconds: slowStart, stickiness, healthyThreshold, unhealthyThreshold } = props;
  const { healthCheckIntervalSeconds: interval, healthCheckTimeoutSeconds: timeout } = props;
  return {
    deregistrationDelay: String(props.deregistrationDelaySeconds),
    healthCheck: {
      path: props.healthCheckPath,
      matcher: props.healthCheckStatusCodes,
      ...(interval !== undefined && { interval }),
      ...(timeout !== undefined && { timeout }),
      ...(healthyThreshold !== undefined && { healthyThreshold }),
      ...(unhealthyThreshold !== undefined && { unhealthyThreshold }),
    },
    ...(slowStart !== undefined && { slowStart }),
    ...(stickiness && { stickiness: stickinessConfig(stickiness) }),
  };
}

function stickinessConfig({ durationSeconds: cookieDuration, cookieName }: Stickiness) {
  return cookieName === undefined
    ? { enabled: true, type: "lb_cookie", cookieDuration }
    : { enabled: true, type: "app_cookie", cookieDuration, cookieName };
}
