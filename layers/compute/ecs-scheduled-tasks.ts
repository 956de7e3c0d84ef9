import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { EcsOptions } from "../../environments/options/ecs";
import type { EcsScheduledTaskOptions } from "../../environments/options/ecs-scheduled-task";
import { ecsServiceName } from "../../environments/plan/ecs";
import { scheduleDeadLetterQueue, scheduleGroupName } from "../../environments/plan/ecs-schedule";
import type { Environment } from "../../environments/plan/environment";
import type { EcsClusterModule } from "../../modules/ecs/ecs-cluster-module";
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
import { serviceContainer, sidecarsOf } from "./ecs-containers";
import type { Repositories } from "./image-uri";

/** The values that all scheduled tasks of an environment share. */
interface ScheduleContext {
  readonly environment: Environment;
  readonly logRetentionDays: number;
  readonly cluster: EcsClusterModule;
  readonly group: ScheduleGroupModule;
  readonly network: ContractValues<typeof networkContract>;
  readonly security: ContractValues<
    typeof securityContract & typeof ecsRolesContract & typeof ecsSchedulesContract & typeof secretsContract
  >;
  readonly repositories: Repositories;
}

/** Add the tasks of an environment that EventBridge Scheduler starts. */
export function addScheduledTasks(
  scope: Construct,
  environment: Environment,
  { scheduledTasks, logRetentionDays }: EcsOptions,
  { cluster, repositories }: Pick<ScheduleContext, "cluster" | "repositories">,
): void {
  if (Object.keys(scheduledTasks).length === 0) return;
  const stack = TerraformStack.of(scope);
  const context = {
    environment,
    logRetentionDays,
    cluster,
    repositories,
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
  { environment, logRetentionDays, cluster, group, network, security, repositories }: ScheduleContext,
): void {
  const context = { environment, repositories, secretArn: (secret: string) => security.secret_arns(secret) };
  new ScheduledTaskModule(scope, name, {
    name: ecsServiceName(environment, name),
    cluster,
    network: {
      vpcId: network.vpc_id,
      vpcCidrBlock: network.vpc_cidr_block,
      privateSubnetIds: network.private_subnet_ids,
    },
    containers: [serviceContainer(name, options, context), ...sidecarsOf(name, options, context)],
    ephemeralStorageGib: options.ephemeralStorageGib,
    cpu: options.cpu,
    memory: options.memory,
    cpuArchitecture: options.cpuArchitecture,
    executionRoleArn: security.ecs_execution_role_arn,
    taskRoleArn: security.ecs_task_role_arns(name),
    logRetentionDays,
    logsKeyArn: security.logs_kms_key_arn,
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
