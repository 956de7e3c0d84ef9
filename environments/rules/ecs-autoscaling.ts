import type { UncheckedEcsService } from "../options/ecs";
import { trafficShift } from "../plan/ecs-deployment";
import { hyphenatedName } from "../schema/hyphenated-name";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked";

/** Rules between the options with which a service scales. */
export function autoscalingRules(service: UncheckedEcsService, context: RuleContext): void {
  const { autoscaling, loadBalancer, sharedLoadBalancer, deployment } = service;
  if (typeof autoscaling !== "object" || autoscaling === null) return;
  const at = context.at("autoscaling");
  const { requestsPerTask: requests } = autoscaling;
  if (requests !== undefined && loadBalancer === undefined && sharedLoadBalancer === undefined)
    at.problem(
      ["requestsPerTask"],
      requests,
      "a load balancer counts the requests, and the service has none; add loadBalancer or sharedLoadBalancer, or remove this option",
    );
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
  if (
    requests !== undefined &&
    trafficShift(typeof deployment === "object" && deployment !== null ? deployment : undefined) !== undefined
  )
    at.problem(
      ["requestsPerTask"],
      requests,
      "a load balancer counts the requests of one target group, and deployment.strategy alternates between two; remove this option, or use the strategy rolling",
    );
  for (const [name, schedule] of entriesIn(autoscaling.schedules))
    scheduleRules(name, schedule, autoscaling, at.at("schedules", name));
}

type UncheckedAutoscaling = NonNullable<UncheckedEcsService["autoscaling"]>;

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTargetAction.html */
function scheduleRules(
  name: string,
  { minCount, maxCount }: NonNullable<NonNullable<UncheckedAutoscaling["schedules"]>[string]>,
  scaling: UncheckedAutoscaling,
  { problem }: RuleContext,
): void {
  if (!hyphenatedName.test(name))
    problem(
      [],
      name,
      "the name of a schedule has lowercase letters and digits, with single hyphens between them; use a name such as night",
    );
  if (minCount === undefined && maxCount === undefined)
    problem([], name, "this schedule changes nothing; add minCount, maxCount or both");
  const least = minCount ?? scaling.minCount;
  const most = maxCount ?? scaling.maxCount;
  if (typeof least !== "number" || typeof most !== "number") return;
  if (least <= most) {
    otherSchedulesRule({ minCount, maxCount }, scaling, { problem });
    return;
  }
  if (minCount !== undefined)
    problem(["minCount"], minCount, `maxCount is ${most}; lower minCount, or set a higher maxCount here`);
  else problem(["maxCount"], maxCount, `minCount is ${least}; raise maxCount, or set a lower minCount here`);
}

/**
 * A number that a schedule does not set stays as another schedule has set it, and AWS refuses a minimum above the maximum. So a
 * schedule that sets one number must suit the other one of every schedule.
 */
function otherSchedulesRule(
  { minCount, maxCount }: ScheduledCounts,
  { schedules }: UncheckedAutoscaling,
  { problem }: Pick<RuleContext, "problem">,
): void {
  const advice = "and this schedule leaves it; set both in this schedule";
  for (const [name, other] of entriesIn(schedules)) {
    if (minCount !== undefined && maxCount === undefined && isAbove(minCount, other.maxCount)) {
      problem(["minCount"], minCount, `the schedule "${name}" sets maxCount to ${other.maxCount}, ${advice}`);
      return;
    }
    if (maxCount !== undefined && minCount === undefined && isAbove(other.minCount, maxCount)) {
      problem(["maxCount"], maxCount, `the schedule "${name}" sets minCount to ${other.minCount}, ${advice}`);
      return;
    }
  }
}

type ScheduledCounts = Pick<
  NonNullable<NonNullable<UncheckedAutoscaling["schedules"]>[string]>,
  "minCount" | "maxCount"
>;

const isAbove = (least: unknown, most: unknown): boolean =>
  typeof least === "number" && typeof most === "number" && least > most;
