import { scheduledStartPermission } from "../../modules/ecs/schedule-role";
import { partitionOf } from "../../modules/iam/aws-partition";
import type { Statement } from "../../modules/iam/policy-document";
import { type EnvironmentId, namePrefix, roleName, rolePath } from "../naming";
import type { UncheckedEnvironment } from "../options/environment";
import { namesIn } from "../schema/unchecked";
import { ecsExecutionRole, ecsServiceName, ecsTaskRole } from "./ecs";
import type { Environment } from "./environment";

/** Whether EventBridge Scheduler starts tasks of an environment. */
export function hasScheduledTasks({ ecs }: Pick<UncheckedEnvironment, "ecs">): boolean {
  return (namesIn(ecs?.scheduledTasks) ?? []).length > 0;
}

/** Purpose of the role with which EventBridge Scheduler starts a task. */
export function ecsScheduleRole(task: string): string {
  return `ecs-schedule-${task}`;
}

/** Name of the group of an environment's schedules, e.g. `myproject-dev`. */
export function scheduleGroupName(environment: EnvironmentId): string {
  return namePrefix(environment);
}

/** Name of the queue for what its schedules could not start, e.g. `myproject-dev-scheduled-tasks`. */
export function scheduleDeadLetterQueue(environment: EnvironmentId): string {
  return `${namePrefix(environment)}-scheduled-tasks`;
}

/** The policy of the role with which EventBridge Scheduler starts a task. */
export function scheduleStatements(
  environment: Pick<Environment, "accountId" | "region"> & EnvironmentId,
  task: string,
): Statement[] {
  const { accountId, region } = environment;
  const partition = partitionOf(region);
  const roles = `arn:${partition}:iam::${accountId}:role${rolePath(environment)}`;
  return scheduledStartPermission(
    { partition, accountId, region },
    {
      clusterName: namePrefix(environment),
      family: ecsServiceName(environment, task),
      roleArns: [ecsExecutionRole, ecsTaskRole(task)].map(
        (purpose) => `${roles}${roleName(environment, purpose)}`,
      ),
      deadLetterQueueName: scheduleDeadLetterQueue(environment),
    },
  );
}
