import { fargateSizeProblem } from "../../modules/ecs/fargate-size";
import { aligned, formatRange, parseRange } from "../../modules/network/ip-range";
import type { UncheckedEcsService } from "../options/ecs";
import type { RuleContext } from "../schema/rule";

/** Rules between the options of one ECS service. */
export function ecsServiceRules(service: UncheckedEcsService, context: RuleContext): void {
  size(service, context);
  counts(service, context);
  reach(service, context);
  healthCheck(service, context);
  files(service, context);
}

function size({ cpu, memory }: UncheckedEcsService, { problem }: RuleContext): void {
  if (typeof cpu !== "number" || typeof memory !== "number") return;
  const advice = fargateSizeProblem(cpu, memory);
  if (advice !== undefined) problem(["memory"], memory, advice);
}

function counts({ desiredCount, autoscaling }: UncheckedEcsService, { problem }: RuleContext): void {
  if (typeof autoscaling !== "object" || autoscaling === null) return;
  const { minCount, maxCount } = autoscaling;
  if (desiredCount !== undefined)
    problem(
      ["desiredCount"],
      desiredCount,
      "autoscaling decides how many tasks there are; remove one of them",
    );
  if (typeof minCount === "number" && typeof maxCount === "number" && minCount > maxCount)
    problem(
      ["autoscaling", "maxCount"],
      maxCount,
      `minCount is ${minCount}; raise maxCount or lower minCount`,
    );
}

function reach({ port, loadBalancer }: UncheckedEcsService, { problem }: RuleContext): void {
  if (loadBalancer !== undefined && port === undefined)
    problem(["port"], undefined, "the load balancer connects to a port of the container; add it");
  const ranges = loadBalancer?.allowedCidrBlocks;
  if (!Array.isArray(ranges)) return;
  ranges.forEach((range, index) => {
    const at = ["loadBalancer", "allowedCidrBlocks", index];
    const parsed = typeof range === "string" ? parseRange(range) : undefined;
    if (parsed === undefined) return;
    const first = formatRange(aligned(parsed));
    if (first !== range) problem(at, range, `a range begins at its first address; write ${first}`);
  });
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function healthCheck({ healthCheckCommand: command }: UncheckedEcsService, { problem }: RuleContext): void {
  if (!Array.isArray(command)) return;
  const [kind] = command;
  if ((kind !== "CMD" && kind !== "CMD-SHELL") || command.length < 2)
    problem(
      ["healthCheckCommand"],
      command,
      'the first part says how to run the rest; write ["CMD", "<program>", …] or ["CMD-SHELL", "<command line>"]',
    );
}

function files(
  { readonlyRootFilesystem, writablePaths }: UncheckedEcsService,
  { problem }: RuleContext,
): void {
  if (!Array.isArray(writablePaths)) return;
  if (readonlyRootFilesystem === false && writablePaths.length > 0)
    problem(
      ["writablePaths"],
      writablePaths,
      "readonlyRootFilesystem: false lets the container write everywhere; remove one of them",
    );
}
