import type { TerraformStack } from "cdktf";
import { roleName } from "../../environments/naming";
import type { EcsOptions } from "../../environments/options/ecs";
import { ecsScheduleRole, scheduleGroupName, scheduleStatements } from "../../environments/plan/ecs-schedule";
import type { Environment } from "../../environments/plan/environment";
import { schedulerService, scheduleTrust } from "../../modules/ecs/schedule-role";
import { partitionOf } from "../../modules/iam/aws-partition";
import { ServiceRoleModule } from "../../modules/iam/service-role-module";
import { NameScope } from "../../modules/terraform/name-scope";
import { publish } from "../contract";
import { ecsSchedulesContract } from "./security.contract";

/**
 * Create and publish the roles with which EventBridge Scheduler starts the scheduled tasks of an environment: one for each
 * task, so that a schedule can start nothing else. Nothing happens without scheduled tasks.
 */
export function addScheduleRoles(
  stack: TerraformStack,
  environment: Environment,
  { scheduledTasks }: EcsOptions,
): void {
  const names = Object.keys(scheduledTasks);
  if (names.length === 0) return;
  const { accountId, region, project, name: environmentName } = environment;
  const scope = new NameScope(stack, "ecs_schedules");
  const trustCondition = scheduleTrust(
    { partition: partitionOf(region), accountId, region },
    scheduleGroupName(environment),
  );
  const arns = names.map((name) => {
    const role = new ServiceRoleModule(scope, name, {
      service: schedulerService,
      trustCondition,
      name: roleName(environment, ecsScheduleRole(name)),
      description: `Starts the scheduled task ${name} of ${project} ${environmentName}`,
      statements: scheduleStatements(environment, name),
    });
    return [name, role.arn] as const;
  });
  publish(stack, ecsSchedulesContract, { ecs_schedule_role_arns: Object.fromEntries(arns) });
}
