import { fargateSizeProblem } from "../../modules/ecs/fargate-size";
import { aligned, formatRange, parseRange } from "../../modules/network/ip-range";
import type { UncheckedEcsService } from "../options/ecs";
import type { RuleContext } from "../schema/rule";
import { autoscalingRules } from "./ecs-autoscaling";
import { ecsContainerRules } from "./ecs-containers";
import { execRules } from "./ecs-exec";
import { targetHealthCheckRules } from "./ecs-health";

/** Rules between the options of one ECS service. */
export function ecsServiceRules(name: string, service: UncheckedEcsService, context: RuleContext): void {
  taskSize(service, context);
  taskCounts(service, context);
  autoscalingRules(service, context);
  execRules(service, context);
  loadBalancerAccess(service, context);
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

function loadBalancerAccess({ port, loadBalancer }: UncheckedEcsService, { problem }: RuleContext): void {
  if (loadBalancer !== undefined && port === undefined)
    problem(["port"], undefined, "the load balancer needs a port of the container; add it");
  const ranges = loadBalancer?.allowedCidrBlocks;
  if (!Array.isArray(ranges)) return;
  ranges.forEach((range, index) => {
    const at = ["loadBalancer", "allowedCidrBlocks", index];
    const parsed = typeof range === "string" ? parseRange(range) : undefined;
    if (parsed === undefined) return;
    const first = formatRange(aligned(parsed));
    if (first !== range) problem(at, range, `a range starts at its first address; use ${first}`);
  });
}
