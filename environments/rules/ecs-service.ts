import { fargateSizeProblem } from "../../modules/ecs/fargate-size";
import { aligned, formatRange, parseRange } from "../../modules/network/ip-range";
import type { UncheckedEcsService } from "../options/ecs";
import type { RuleContext } from "../schema/rule";
import { ecsHealthRules } from "./ecs-health";

/** Rules between the options of one ECS service. */
export function ecsServiceRules(service: UncheckedEcsService, context: RuleContext): void {
  taskSize(service, context);
  taskCounts(service, context);
  loadBalancerAccess(service, context);
  ecsHealthRules(service, context);
  fileSystem(service, context);
}

function taskSize({ cpu, memory }: UncheckedEcsService, { problem }: RuleContext): void {
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

function fileSystem(
  { readonlyRootFilesystem, writablePaths }: UncheckedEcsService,
  { problem }: RuleContext,
): void {
  if (!Array.isArray(writablePaths)) return;
  if (readonlyRootFilesystem === false && writablePaths.length > 0)
    problem(
      ["writablePaths"],
      writablePaths,
      "readonlyRootFilesystem: false allows the container to write everywhere; remove writablePaths or readonlyRootFilesystem: false",
    );
}
