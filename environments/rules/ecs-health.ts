import { targetHealthCheckDefaults } from "../../modules/ecs/health-timing";
import type { UncheckedEcsService } from "../options/ecs";
import type { RuleContext } from "../schema/rule";

type HealthCheckOptions = Pick<UncheckedEcsService, "healthCheckCommand" | (typeof timesOfCommand)[number]>;

/** Rules between the options of the health check of one container. */
export function healthCheckRules(container: HealthCheckOptions, context: RuleContext): void {
  command(container, context);
  withoutCommand(container, context);
}

/** Rules between the options of the health check of a load balancer, its own or a shared one. */
export function targetHealthCheckRules(service: UncheckedEcsService, context: RuleContext): void {
  for (const option of ["loadBalancer", "sharedLoadBalancer"] as const) {
    const target = service[option];
    if (typeof target !== "object" || target === null) continue;
    timeoutBelowInterval(target, context.at(option));
    statusCodes(target, context.at(option));
  }
}

type UncheckedLoadBalancer = Pick<
  NonNullable<UncheckedEcsService["loadBalancer"]>,
  "healthCheckIntervalSeconds" | "healthCheckTimeoutSeconds" | "healthCheckStatusCodes"
>;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function command({ healthCheckCommand }: HealthCheckOptions, { problem }: RuleContext): void {
  if (!Array.isArray(healthCheckCommand)) return;
  const [kind] = healthCheckCommand;
  if ((kind !== "CMD" && kind !== "CMD-SHELL") || healthCheckCommand.length < 2)
    problem(
      ["healthCheckCommand"],
      healthCheckCommand,
      'the first element defines how ECS runs the command; use ["CMD", "<program>", …] or ["CMD-SHELL", "<command line>"]',
    );
}

const timesOfCommand = [
  "healthCheckIntervalSeconds",
  "healthCheckTimeoutSeconds",
  "healthCheckRetries",
  "healthCheckStartPeriodSeconds",
] as const;

function withoutCommand(service: HealthCheckOptions, { problem }: RuleContext): void {
  if (service.healthCheckCommand !== undefined) return;
  for (const option of timesOfCommand)
    if (service[option] !== undefined)
      problem(
        [option],
        service[option],
        `ECS checks a container only with healthCheckCommand; add it, or remove this option${option === "healthCheckStartPeriodSeconds" ? " and set healthCheckGracePeriodSeconds, which covers the checks of the load balancer" : ""}`,
      );
}

/** https://github.com/hashicorp/terraform-provider-aws/issues/48070 */
function timeoutBelowInterval(loadBalancer: UncheckedLoadBalancer, { problem }: RuleContext): void {
  const { intervalSeconds, timeoutSeconds } = targetHealthCheckDefaults;
  const { healthCheckIntervalSeconds: interval = intervalSeconds } = loadBalancer;
  const { healthCheckTimeoutSeconds: timeout = timeoutSeconds } = loadBalancer;
  if (typeof interval !== "number" || typeof timeout !== "number" || timeout < interval) return;
  const option = loadBalancer.healthCheckTimeoutSeconds === undefined ? "Interval" : "Timeout";
  problem(
    [`healthCheck${option}Seconds`],
    loadBalancer[`healthCheck${option}Seconds`],
    option === "Timeout"
      ? `a check must end before the next one, ${interval} seconds later; use less than ${interval}`
      : `a check must end before the next one, and may take ${timeout} seconds; use more than ${timeout}, or set a lower healthCheckTimeoutSeconds`,
  );
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html */
function statusCodes(
  { healthCheckStatusCodes: codes }: UncheckedLoadBalancer,
  { problem }: RuleContext,
): void {
  if (typeof codes !== "string") return;
  const reversed = [...codes.matchAll(/(\d{3})-(\d{3})/g)].find(([, from, to]) => Number(from) > Number(to));
  if (reversed !== undefined)
    problem(
      ["healthCheckStatusCodes"],
      codes,
      `a range starts with its lowest code; use ${reversed[2]}-${reversed[1]}`,
    );
}
