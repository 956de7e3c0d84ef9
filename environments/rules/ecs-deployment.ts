import type { UncheckedEcsService } from "../options/ecs";
import { shiftingStrategies, trafficShift } from "../plan/ecs-deployment";
import type { RuleContext } from "../schema/rule";

/** Rules between the options of a deployment, and between them and the load balancer of the service. */
export function deploymentRules(service: UncheckedEcsService, context: RuleContext): void {
  const { deployment } = service;
  if (typeof deployment !== "object" || deployment === null) return;
  const { strategy, enableAlarms } = deployment;
  const shifts = trafficShift(deployment) !== undefined;
  const at = context.at("deployment");
  if (shifts && service.loadBalancer === undefined && service.sharedLoadBalancer === undefined)
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/canary-deployment-implementation.html
    at.problem(
      ["strategy"],
      strategy,
      "ECS shifts the traffic of a load balancer, and this service has none; add loadBalancer or sharedLoadBalancer, or use rolling",
    );
  if (enableAlarms !== undefined && deployment.alarms === undefined && deployment.ownAlarms === undefined)
    at.problem(
      ["enableAlarms"],
      enableAlarms,
      "AWS accepts it only with the names of alarms; list those of the service in alarms, or add ownAlarms, or remove it",
    );
  // A misspelled strategy says nothing of the other options; the schema reports it.
  if (!shifts && strategy !== undefined && strategy !== "rolling") return;
  unused(deployment, shifts ? [] : ["bakeMinutes", "testHeader"], shiftingStrategies.join(", "), at);
  const steps = strategy === "linear" || strategy === "canary";
  unused(deployment, steps ? [] : ["stepPercent", "stepMinutes"], "linear or canary", at);
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html
  if (strategy === "linear" && Number(deployment.stepPercent) < 3)
    at.problem(
      ["stepPercent"],
      deployment.stepPercent,
      "each step of a linear deployment shifts at least 3 percent; use 3 or more",
    );
}

type UncheckedDeployment = NonNullable<UncheckedEcsService["deployment"]>;

function unused(
  deployment: UncheckedDeployment,
  options: readonly (keyof UncheckedDeployment)[],
  strategies: string,
  { problem }: RuleContext,
): void {
  for (const option of options)
    if (deployment[option] !== undefined)
      problem(
        [option],
        deployment[option],
        `this strategy does not use it; remove it, or set strategy to ${strategies.replace(/, (?=\w+$)/, " or ")}`,
      );
}
