import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { roleName } from "../../environments/naming";
import type { EcsOptions } from "../../environments/options/ecs";
import {
  ecsExecutionRole,
  ecsInfrastructureRole,
  ecsTaskRole,
  execLogGroup,
  secretsOfServices,
  startStatements,
  taskOptionsIn,
} from "../../environments/plan/ecs";
import { needsInfrastructureRole } from "../../environments/plan/ecs-deployment";
import type { Environment } from "../../environments/plan/environment";
import { otherRepositoryArns } from "../../environments/plan/other-registries";
import { execPermission } from "../../modules/ecs/exec-permission";
import { infrastructurePolicy, infrastructureService } from "../../modules/ecs/infrastructure-role";
import { taskService, taskTrust } from "../../modules/ecs/task-roles";
import { partitionOf } from "../../modules/iam/aws-partition";
import { ServiceRoleModule } from "../../modules/iam/service-role-module";
import { NameScope } from "../../modules/terraform/name-scope";
import { type Outputs, publish } from "../contract";
import { secretArns } from "./secrets";
import { ecsInfrastructureContract, type ecsRolesContract, type secretsContract } from "./security.contract";

/**
 * Create the roles of an environment's ECS services and scheduled tasks: one task execution role, and a task role for each,
 * without permissions except for ECS Exec. If ECS shifts traffic, also create and publish the role for it.
 *
 * @param secrets the layer's outputs for secrets. Required if a service reads secrets.
 * @throws Error when a service reads a secret that they do not contain
 */
export function ecsRoles(
  stack: TerraformStack,
  environment: Environment,
  { services, scheduledTasks }: EcsOptions,
  secrets?: Outputs<typeof secretsContract>,
): Outputs<typeof ecsRolesContract> {
  const { accountId, region } = environment;
  const scope = new Construct(stack, "ecs");
  const account = { partition: partitionOf(region), accountId, region };
  const trustCondition = taskTrust(account);
  const role = { service: taskService, trustCondition };
  const execution = new ServiceRoleModule(scope, "execution", {
    ...role,
    name: roleName(environment, ecsExecutionRole),
    description: `Starts ECS tasks of ${environment.project} ${environment.name}`,
    statements: startStatements(environment, {
      otherRepositoryArns: otherRepositoryArns(environment, ["ecs"]),
      secretArns: secretArns(
        secretsOfServices(taskOptionsIn({ services, scheduledTasks }).map(([, options]) => options)),
        secrets,
      ),
      ...(secrets && { secretsKeyArn: secrets.secrets_kms_key_arn }),
    }),
  });
  if (needsInfrastructureRole({ services })) {
    const infrastructure = new ServiceRoleModule(scope, "infrastructure", {
      service: infrastructureService,
      name: roleName(environment, ecsInfrastructureRole),
      description: `Shifts traffic of ECS services of ${environment.project} ${environment.name}`,
      statements: [],
      managedPolicyArns: [infrastructurePolicy(partitionOf(region))],
    });
    publish(stack, ecsInfrastructureContract, { ecs_infrastructure_role_arn: infrastructure.arn });
  }
  const taskScope = new NameScope(scope, "tasks");
  const tasks = taskOptionsIn({ services, scheduledTasks }).map(([name, options]) => {
    const exec = "exec" in options && options.exec;
    const what = Object.hasOwn(services, name) ? "service" : "scheduled task";
    const taskRole = new ServiceRoleModule(taskScope, name, {
      ...role,
      name: roleName(environment, ecsTaskRole(name)),
      description: `Containers of the ECS ${what} ${name} of ${environment.project} ${environment.name}`,
      statements: exec ? execPermission(account, execLogGroup(environment)) : [],
    });
    return [name, taskRole.arn] as const;
  });
  return { ecs_execution_role_arn: execution.arn, ecs_task_role_arns: Object.fromEntries(tasks) };
}
