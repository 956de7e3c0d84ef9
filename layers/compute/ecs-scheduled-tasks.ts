import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { EcsOptions } from "../../environments/options/ecs";
import type { EcsScheduledTaskOptions } from "../../environments/options/ecs-scheduled-task";
import { scheduleDeadLetterQueue, scheduleGroupName } from "../../environments/plan/ecs-schedule";
import type { Environment } from "../../environments/plan/environment";
import { ScheduleGroupModule } from "../../modules/ecs/schedule-group-module";
import { ScheduledTaskModule } from "../../modules/ecs/scheduled-task-module";
import { NameScope } from "../../modules/terraform/name-scope";
import { type ContractValues, readLayer } from "../contract";
import { networkContract } from "../network/network.contract";
import {
  ecsRolesContract,
  ecsSchedulesContract,
  secretsContract,
  securityContract,
} from "../security/security.contract";
import { type TaskContext, taskContainers, taskProps } from "./ecs-task-props";

/** The values that all scheduled tasks of an environment share. */
interface ScheduleContext extends TaskContext {
  readonly group: ScheduleGroupModule;
  readonly security: TaskContext["security"] & ContractValues<typeof ecsSchedulesContract>;
}

/** Add the tasks of an environment that EventBridge Scheduler starts. */
export function addScheduledTasks(
  scope: Construct,
  environment: Environment,
  { scheduledTasks, logRetentionDays }: EcsOptions,
  { cluster, repositories, volumes }: Pick<ScheduleContext, "cluster" | "repositories" | "volumes">,
): void {
  if (Object.keys(scheduledTasks).length === 0) return;
  const stack = TerraformStack.of(scope);
  const context = {
    environment,
    logRetentionDays,
    cluster,
    repositories,
    volumes,
    group: new ScheduleGroupModule(scope, "schedules", {
      name: scheduleGroupName(environment),
      deadLetterQueueName: scheduleDeadLetterQueue(environment),
    }),
    network: readLayer(stack, "network", environment, networkContract),
    security: readLayer(stack, "security", environment, {
      ...securityContract,
      ...ecsRolesContract,
      ...ecsSchedulesContract,
      ...secretsContract,
    }),
  };
  const tasks = new NameScope(scope, "scheduled_tasks");
  for (const [name, options] of Object.entries(scheduledTasks)) addTask(tasks, name, options, context);
}

function addTask(
  scope: Construct,
  name: string,
  options: EcsScheduledTaskOptions,
  context: ScheduleContext,
): void {
  const { group, security } = context;
  new ScheduledTaskModule(scope, name, {
    ...taskProps(name, options, context),
    containers: taskContainers(name, options, context),
    spot: options.spot,
    schedule: {
      groupName: group.group.name,
      roleArn: security.ecs_schedule_role_arns(name),
      deadLetterArn: group.deadLetters.arn,
      expression: options.schedule,
      timeZone: options.timeZone,
      enabled: options.enabled,
      flexibleWindowMinutes: options.flexibleWindowMinutes,
      taskCount: options.taskCount,
      maximumRetryAttempts: options.maximumRetryAttempts,
      maximumEventAgeSeconds: options.maximumEventAgeSeconds,
    },
  });
}
