import type { EcsServiceOptions } from "../../environments/options/ecs";
import type { EcsScheduledTaskOptions } from "../../environments/options/ecs-scheduled-task";
import { ecsServiceName } from "../../environments/plan/ecs";
import type { Environment } from "../../environments/plan/environment";
import type { EcsClusterModule } from "../../modules/ecs/ecs-cluster-module";
import type { AwaitedContainer } from "../../modules/ecs/fargate-task-definition";
import type { ContractValues } from "../contract";
import type { networkContract } from "../network/network.contract";
import type { ecsRolesContract, secretsContract, securityContract } from "../security/security.contract";
import { serviceContainer, sidecarsOf } from "./ecs-containers";
import { taskVolumes, type VolumeContext } from "./ecs-volumes";
import type { Repositories } from "./image-uri";

/** The values that all services and scheduled tasks of an environment share. */
export interface TaskContext {
  readonly environment: Environment;
  readonly logRetentionDays: number;
  readonly cluster: EcsClusterModule;
  readonly network: ContractValues<typeof networkContract>;
  readonly security: ContractValues<
    typeof securityContract & typeof ecsRolesContract & typeof secretsContract
  >;
  readonly repositories: Repositories;
  readonly volumes: VolumeContext;
}

/** The properties that the modules of services and of scheduled tasks have in common. */
export function taskProps(
  name: string,
  options: EcsServiceOptions | EcsScheduledTaskOptions,
  { environment, logRetentionDays, cluster, network, security, volumes }: TaskContext,
) {
  return {
    name: ecsServiceName(environment, name),
    cluster,
    network: {
      vpcId: network.vpc_id,
      vpcCidrBlock: network.vpc_cidr_block,
      privateSubnetIds: network.private_subnet_ids,
    },
    ...taskVolumes(name, options, volumes),
    ephemeralStorageGib: options.ephemeralStorageGib,
    cpu: options.cpu,
    memory: options.memory,
    cpuArchitecture: options.cpuArchitecture,
    executionRoleArn: security.ecs_execution_role_arn,
    taskRoleArn: security.ecs_task_role_arns(name),
    logRetentionDays,
    logsKeyArn: security.logs_kms_key_arn,
  };
}

/** The containers of a service or a scheduled task: its own, and the further ones. */
export function taskContainers(
  name: string,
  options: EcsServiceOptions | EcsScheduledTaskOptions,
  { environment, repositories, security }: TaskContext,
): readonly [AwaitedContainer, ...AwaitedContainer[]] {
  const context = { environment, repositories, secretArn: (secret: string) => security.secret_arns(secret) };
  return [serviceContainer(name, options, context), ...sidecarsOf(name, options, context)];
}
