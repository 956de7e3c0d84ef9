import { TerraformOutput, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { namePrefix } from "../../environments/naming";
import type { EcsOptions, EcsServiceOptions } from "../../environments/options/ecs";
import { execLogGroup } from "../../environments/plan/ecs";
import { offersSpot } from "../../environments/plan/ecs-capacity";
import { hasExec } from "../../environments/plan/ecs-exec";
import { gracePeriodSeconds, rolloutOf } from "../../environments/plan/ecs-rollout";
import type { Environment } from "../../environments/plan/environment";
import { EcsClusterModule } from "../../modules/ecs/ecs-cluster-module";
import { FargateServiceModule } from "../../modules/ecs/fargate-service-module";
import { waitMinutes } from "../../modules/ecs/rollout-time";
import { NameScope } from "../../modules/terraform/name-scope";
import { type ContractValues, readLayer } from "../contract";
import { mapOutput } from "../map-output";
import { networkContract } from "../network/network.contract";
import {
  ecsInfrastructureContract,
  ecsRolesContract,
  secretsContract,
  securityContract,
} from "../security/security.contract";
import {
  addSharedLoadBalancers,
  deliveryOf,
  type SharedLoadBalancers,
  sharedLoadBalancerOutput,
} from "./ecs-load-balancers";
import { addScheduledTasks } from "./ecs-scheduled-tasks";
import { addNamespace, connectAll, serviceConnectOf } from "./ecs-service-connect";
import { type TaskContext, taskContainers, taskProps } from "./ecs-task-props";
import { addFileSystems } from "./ecs-volumes";
import type { Repositories } from "./image-uri";

/** The values that all services of an environment share. */
interface ServiceContext extends TaskContext {
  readonly security: TaskContext["security"] & ContractValues<typeof ecsInfrastructureContract>;
  readonly balancers: SharedLoadBalancers;
  /** ARN of the Service Connect namespace. @default - no service uses it */
  readonly namespaceArn?: string;
}

/** Add the ECS cluster of an environment, its services and their outputs. */
export function addEcs(
  stack: TerraformStack,
  environment: Environment,
  options: EcsOptions,
  repositories: Repositories,
): void {
  const { containerInsights, logRetentionDays, loadBalancers, services } = options;
  const scope = new Construct(stack, "ecs");
  const cluster = new EcsClusterModule(scope, "cluster", {
    name: namePrefix(environment),
    ...(containerInsights && {
      containerInsights: {
        logRetentionDays,
        logsKeyArn: readLayer(stack, "security", environment, securityContract).logs_kms_key_arn,
      },
    }),
    spot: offersSpot(options),
    ...(hasExec({ ecs: options }) && {
      execLog: {
        name: execLogGroup(environment),
        logRetentionDays,
        logsKeyArn: readLayer(stack, "security", environment, securityContract).logs_kms_key_arn,
      },
    }),
  });
  const network = () => readLayer(stack, "network", environment, networkContract);
  const balancers = addSharedLoadBalancers(scope, environment, loadBalancers, network);
  const volumes = addFileSystems(scope, environment, options, network);
  const modules: [string, FargateServiceModule][] = [];
  if (Object.keys(services).length > 0) {
    const context = {
      environment,
      ...addNamespace(scope, environment),
      logRetentionDays,
      cluster,
      repositories,
      volumes,
      balancers,
      network: network(),
      security: readLayer(stack, "security", environment, {
        ...securityContract,
        ...ecsRolesContract,
        ...secretsContract,
        ...ecsInfrastructureContract,
      }),
    };
    const serviceScope = new NameScope(scope, "services", "ecs");
    for (const [name, options] of Object.entries(services))
      modules.push([name, addService(serviceScope, name, options, context)]);
    connectAll(services, new Map(modules));
  }
  addScheduledTasks(scope, environment, options, { cluster, repositories, volumes });
  new TerraformOutput(stack, "ecs_cluster_name", {
    description: "Name of the ECS cluster",
    staticId: true,
    value: cluster.cluster.name,
  });
  mapOutput(
    stack,
    "ecs_service_names",
    "Name of each ECS service in its cluster, by service",
    modules,
    (m) => m.service?.name,
  );
  mapOutput(
    stack,
    "load_balancer_dns_names",
    "Host name of each load balancer, by service; point the names in its certificate there",
    modules,
    (m) => m.target?.dnsName,
  );
  sharedLoadBalancerOutput(stack, balancers);
}

function addService(
  scope: Construct,
  name: string,
  options: EcsServiceOptions,
  context: ServiceContext,
): FargateServiceModule {
  const { environment, network, security, balancers, namespaceArn } = context;
  const { autoscaling, desiredCount = autoscaling?.minCount ?? 1 } = options;
  const gracePeriod = gracePeriodSeconds(options);
  const wait = waitMinutes(rolloutOf(options));
  const [container, ...sidecars] = taskContainers(name, options, context);
  return new FargateServiceModule(scope, name, {
    ...taskProps(name, options, context),
    ...{ container, sidecars, desiredCount },
    pipelineDeploys: options.image.managedBy === "pipeline",
    exec: options.exec,
    ...(options.capacity && { capacity: options.capacity }),
    ...(gracePeriod !== undefined && { gracePeriodSeconds: gracePeriod }),
    ...(wait !== undefined && { waitMinutes: wait }),
    ...(namespaceArn !== undefined && serviceConnectOf(name, options, namespaceArn)),
    ...(autoscaling && { autoscaling }),
    ...deliveryOf(name, options, { environment, network, balancers, infrastructure: security }),
  });
}
