import { valueAt } from "../../../modules/values/value-at";
import { type AttributePath, attributeChange, isUnknown } from "../terraform-plan";
import type { WeakeningRule } from "../weakening";
import { changesInPlace, lost, lowered, turnedOff } from "../weaker-attribute";
import { uncheckedContainers } from "./container-rights";
import type { Gate } from "./gate";

const strategy: AttributePath = ["deployment_configuration", 0, "strategy"];

/**
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-failure-detection.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment-options.html
 */
export const rollout: Gate = {
  severity: "risky",
  stops:
    "Fewer alarms roll a deployment of an ECS service back, or it moves more requests at once or keeps old tasks for a shorter time. ECS no longer shifts traffic or checks the health of a container, or the service is replaced to leave Fargate Spot",
  rules: {
    aws_ecs_task_definition: [uncheckedContainers],
    aws_ecs_service: [
      lost(["alarms", 0, "alarm_names"], "these alarms no longer roll a deployment back"),
      turnedOff(["alarms", 0, "enable"], "no alarm rolls a deployment back"),
      turnedOff(
        ["deployment_circuit_breaker", 0, "rollback"],
        "a deployment whose tasks fail is not rolled back",
      ),
      lessGradual,
      lowered(
        ["deployment_configuration", 0, "bake_time_in_minutes"],
        "old tasks stay for a shorter time, in which a rollback is immediate",
      ),
      lostShift,
      replacedForCapacity,
    ],
  },
};

/** How much a deployment moves at once, and whether the old tasks are still there then: from little to much. */
const rank: Readonly<Record<string, number>> = { CANARY: 0, LINEAR: 0, BLUE_GREEN: 1, ROLLING: 2 };

/** Every later deployment follows the new strategy, and also the one that this change starts. */
function lessGradual(...[change]: Parameters<WeakeningRule>): string[] {
  if (!changesInPlace(change) || isUnknown(change, strategy)) return [];
  const { before, after } = change.change;
  const [from, to] = [before, after].map((side) => rank[String(valueAt(side, strategy))]);
  if (from === undefined || to === undefined || to <= from) return [];
  const meaning =
    to === 2
      ? "old tasks stop as new ones start, and a rollback has to start them again"
      : "all requests move to the new tasks at once";
  return [`${attributeChange(change, strategy)}; ${meaning}`];
}

/** Without a strategy in the configuration, the AWS provider keeps the one that the service has. */
function lostShift(...[change]: Parameters<WeakeningRule>): string[] {
  if (!changesInPlace(change)) return [];
  const { before, after } = change.change;
  const name = String(valueAt(after, strategy) ?? valueAt(before, strategy) ?? "ROLLING");
  if (name === "ROLLING" || !isShifted(before) || isShifted(after)) return [];
  return [
    `load_balancer loses its second target group, and the strategy stays ${name}; set strategy: "rolling" in deployment, and remove that after the deploy`,
  ];
}

/** Before 6.15, the AWS provider replaces a service whose strategy changes without `force_new_deployment`. */
function replacedForCapacity(...[{ change }]: Parameters<WeakeningRule>): string[] {
  const replaces = change.replace_paths?.some(([argument]) => argument === "capacity_provider_strategy");
  return replaces === true
    ? [
        "is replaced because its capacity provider strategy changes, and all its tasks stop until new ones run; keep capacity in the file with spotWeight: 0, deploy, and then remove it",
      ]
    : [];
}

/** Whether a load balancer of the service has two target groups. */
function isShifted(service: unknown): boolean {
  const balancers = valueAt(service, ["load_balancer"]);
  return (
    Array.isArray(balancers) &&
    balancers.some((balancer) => valueAt(balancer, ["advanced_configuration", 0]) !== undefined)
  );
}
