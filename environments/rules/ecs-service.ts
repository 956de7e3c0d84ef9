import { fargateSizeProblem } from "../../modules/ecs/fargate-size";
import type { UncheckedEcsService } from "../options/ecs";
import type { RuleContext } from "../schema/rule";
import { ownAlarmRules } from "./ecs-alarms";
import { autoscalingRules } from "./ecs-autoscaling";
import { capacityRules } from "./ecs-capacity";
import { ecsContainerRules } from "./ecs-containers";
import { deploymentRules } from "./ecs-deployment";
import { execRules } from "./ecs-exec";
import { targetHealthCheckRules } from "./ecs-health";

/** Rules between the options of one ECS service. */
export function ecsServiceRules(name: string, service: UncheckedEcsService, context: RuleContext): void {
  taskSize(service, context);
  taskCounts(service, context);
  autoscalingRules(service, context);
  capacityRules(service, context);
  execRules(service, context);
  loadBalancerPort(service, context);
  deploymentRules(service, context);
  ownAlarmRules(service, context);
  targetHealthCheckRules(service, context);
  ecsContainerRules(name, service, context);
}

/** Fargate offers certain sizes of tasks. */
export function taskSize(
  { cpu, memory }: Pick<UncheckedEcsService, "cpu" | "memory">,
  { problem }: RuleContext,
): void {
  if (typeof cpu !== "number" || typeof memory !== "number") return;
  const advice = fargateSizeProblem(cpu, memory);
  if (advice !== undefined) problem(["memory"], memory, advice);
}

function taskCounts({ desiredCount, autoscaling }: UncheckedEcsService, { problem }: RuleContext): void {
  if (typeof autoscaling !== "object" || autoscaling === null) return;
  const { minCount, maxCount } = autoscaling;
  if (desiredCount !== undefined)
    problem(
      ["desiredCount"],
      desiredCount,
      "autoscaling sets the number of tasks; remove desiredCount or autoscaling",
    );
  if (typeof minCount === "number" && typeof maxCount === "number" && minCount > maxCount)
    problem(
      ["autoscaling", "maxCount"],
      maxCount,
      `minCount is ${minCount}; raise maxCount or lower minCount`,
    );
}

function loadBalancerPort(
  { port, loadBalancer, sharedLoadBalancer }: UncheckedEcsService,
  { problem }: RuleContext,
): void {
  if ((loadBalancer !== undefined || sharedLoadBalancer !== undefined) && port === undefined)
    problem(["port"], undefined, "the load balancer needs a port of the container; add it");
}
