/** How a load balancer finds out whether a task is healthy. Times in seconds. */
export interface TargetHealthCheck {
  readonly intervalSeconds: number;
  /** Successes in a row after which an unhealthy task is healthy again. */
  readonly healthyThreshold: number;
  /** Failures in a row after which a task is unhealthy. */
  readonly unhealthyThreshold: number;
}

/**
 * What the AWS provider sets where the configuration says nothing. AWS's own thresholds are 5 and 2.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group#health_check
 */
export const targetHealthCheckDefaults = {
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
} as const;

/**
 * Whether a load balancer can report a task as unhealthy while it starts: its first check can come at once, and each later
 * one an interval after.
 *
 * @param startSeconds until the container answers
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function mayFailWhileStarting(startSeconds: number, check: TargetHealthCheck): boolean {
  return startSeconds > (check.unhealthyThreshold - 1) * check.intervalSeconds;
}

/**
 * Seconds from the start of a task after which a load balancer reports it as healthy, at the latest. A new target needs one
 * successful check, but one that was unhealthy meanwhile needs `healthyThreshold` of them.
 *
 * @param startSeconds until the container answers
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function healthyAfter(startSeconds: number, check: TargetHealthCheck): number {
  const successes = mayFailWhileStarting(startSeconds, check) ? check.healthyThreshold : 1;
  return startSeconds + successes * check.intervalSeconds;
}

/**
 * Seconds for which ECS has to ignore what the load balancer reports, so that it does not stop a task that is still
 * starting. 0: the load balancer cannot report it as unhealthy so early.
 *
 * @param startSeconds until the container answers
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 */
export function graceNeeded(startSeconds: number, check: TargetHealthCheck): number {
  return mayFailWhileStarting(startSeconds, check) ? healthyAfter(startSeconds, check) : 0;
}
