import type { UncheckedEcsService } from "../options/ecs";
import { maxUnhealthyMinutes } from "../options/ecs-alarms";
import { gracePeriodSeconds } from "../plan/ecs-rollout";
import type { RuleContext } from "../schema/rule";

/** Rules for the alarms that an environment creates for a service. */
export function ownAlarmRules(service: UncheckedEcsService, context: RuleContext): void {
  const { deployment, loadBalancer, sharedLoadBalancer } = service;
  const { ownAlarms } = deployment ?? {};
  if (typeof ownAlarms !== "object" || ownAlarms === null) return;
  const at = context.at("deployment", "ownAlarms");
  if (Object.values(ownAlarms).every((value) => value === undefined))
    at.problem([], ownAlarms, "this names no alarm; add cpuPercent or another one, or remove it");
  const isBalanced = loadBalancer !== undefined || sharedLoadBalancer !== undefined;
  for (const option of ["serverErrorPercent", "unhealthyMinutes"] as const)
    if (ownAlarms[option] !== undefined && !isBalanced)
      at.problem(
        [option],
        ownAlarms[option],
        "a load balancer measures this, and the service has none; add loadBalancer or sharedLoadBalancer, or remove this option",
      );
  const { unhealthyMinutes: minutes } = ownAlarms;
  const grace = gracePeriodSeconds({ ...service, containers: {} } as Parameters<
    typeof gracePeriodSeconds
  >[0]);
  if (typeof minutes === "number" && typeof grace === "number" && isBalanced && minutes * 60 <= grace)
    at.problem(
      ["unhealthyMinutes"],
      minutes,
      `new tasks can be unhealthy for the grace period of ${grace} seconds, and the alarm would fail every deployment; ${longerThan(grace)}`,
    );
}

function longerThan(graceSeconds: number): string {
  const least = Math.floor(graceSeconds / 60) + 1;
  return least > maxUnhealthyMinutes
    ? `use a grace period of less than ${maxUnhealthyMinutes * 60} seconds, or remove this option`
    : `use at least ${least}`;
}
