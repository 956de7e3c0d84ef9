import { failingRounds, waitMinutes } from "../../modules/ecs/rollout-time";
import { shiftTakes } from "../../modules/ecs/traffic-shift";
import type { EcsServiceOptions } from "../options/ecs";
import { targetOptions } from "../plan/ecs-load-balancer";
import { graceSecondsNeeded, rolloutOf, targetHealthCheck } from "../plan/ecs-rollout";
import type { Environment } from "../plan/environment";
import { spotWarnings } from "./ecs-capacity";
import type { Warning } from "./warning";

/** Valid settings of ECS services with unexpected effects. */
export function ecsWarnings(environment: Environment): Warning[] {
  const services = Object.entries(environment.ecs?.services ?? {}).flatMap(([name, options]) => {
    const path = ["ecs", "services", name];
    return [
      ...graceTooShort(options, path),
      ...graceUnused(options, path),
      ...slowRollout(options, path),
      ...execWithoutInit(options, path),
    ];
  });
  return [...services, ...spotWarnings(environment)];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
function graceTooShort(options: EcsServiceOptions, path: readonly PropertyKey[]): Warning[] {
  const { healthCheckGracePeriodSeconds: grace, healthCheckStartPeriodSeconds: start } = options;
  const target = targetHealthCheck(options);
  const needed = graceSecondsNeeded(options);
  if (grace === undefined || target === undefined || grace >= needed) return [];
  const { healthyThreshold, intervalSeconds } = target;
  return [
    {
      warning: "health-checks-do-not-fit",
      path: [...path, "healthCheckGracePeriodSeconds"],
      text: `A container may take ${start} seconds to start (healthCheckStartPeriodSeconds), and the load balancer then needs ${healthyThreshold} checks, one every ${intervalSeconds} seconds, to report it as healthy. ECS can stop such a task after ${grace} seconds, and never completes a deployment. Set at least ${needed}, or remove this option.`,
    },
  ];
}

function graceUnused(options: EcsServiceOptions, path: readonly PropertyKey[]): Warning[] {
  const { healthCheckGracePeriodSeconds: grace, healthCheckCommand } = options;
  if (grace === undefined || grace === 0) return [];
  if (healthCheckCommand !== undefined || targetOptions(options) !== undefined) return [];
  return [
    {
      warning: "health-checks-do-not-fit",
      path: [...path, "healthCheckGracePeriodSeconds"],
      text: "Nothing checks the health of this service, so ECS does not use the grace period. Add healthCheckCommand or loadBalancer, or remove this option.",
    },
  ];
}

/** Terraform waits for the end of a deployment; a pipeline may not. */
const longMinutes = 60;

function slowRollout(options: EcsServiceOptions, path: readonly PropertyKey[]): Warning[] {
  // How long ECS watches the alarms of a rolling deployment follows from them, and not from this file.
  const { alarms = false, ...others } = rolloutOf(options);
  const rollout = { ...others, alarms: alarms && others.shift !== undefined };
  const minutes = waitMinutes(rollout);
  if (minutes === undefined || minutes <= longMinutes) return [];
  const rounds = failingRounds(rollout.taskCount);
  const shifting = rollout.shift ? shiftTakes(rollout.shift) : 0;
  const takes =
    shifting * 2 > minutes
      ? `The steps and the bake time of a deployment take ${shifting} minutes, and Terraform waits up to ${minutes} minutes`
      : `The deployment circuit breaker can take ${minutes} minutes to fail a deployment, and Terraform waits for it: ${rounds} ${rounds === 1 ? "round" : "rounds"} of tasks, each with a grace period of ${rollout.graceSeconds} seconds${rollout.target ? ` and a deregistration delay of ${rollout.target.drainSeconds} seconds` : ""}`;
  return [
    {
      warning: "slow-rollout",
      path,
      text: `${takes}. Reduce these values, or set the pipeline's timeout above ${minutes} minutes.`,
    },
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
function execWithoutInit(options: EcsServiceOptions, path: readonly PropertyKey[]): Warning[] {
  if (!options.exec || options.initProcessEnabled === true) return [];
  return [
    {
      warning: "exec-without-init-process",
      path: [...path, "exec"],
      text: "ECS Exec starts processes in the container, and without an init process nothing removes those that end. Set initProcessEnabled: true.",
    },
  ];
}
