import type { EcsServiceConfig } from "@cdktf/provider-aws/lib/ecs-service";
import type { Container } from "./container";
import type { ServiceTarget } from "./service-target";
import { shiftConfig, type TrafficShift } from "./traffic-shift";

/** How ECS replaces the tasks of a service, and what fails a deployment besides tasks that do not become healthy. */
export interface ServiceDeployment {
  /**
   * CloudWatch alarms that fail a deployment and roll it back, if they are enabled. The AWS provider cannot remove the last name,
   * and leaves alarms alone where a configuration says nothing.
   *
   * @default - as ECS has it
   * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ecs/service.go
   */
  readonly alarms?: { readonly names: readonly string[]; readonly enabled: boolean };
  /** `rolling` also ends a shift of earlier deployments, for the same reason. @default - as ECS has it; rolling at first */
  readonly strategy?: "rolling" | TrafficShift | undefined;
  /** Role with which ECS changes the load balancer. Required if it shifts traffic. */
  readonly infrastructureRoleArn?: string | undefined;
}

/** The arguments for alarms and strategy. Options that are not set give none. */
export function deploymentConfig({
  alarms,
  strategy,
}: ServiceDeployment): Pick<EcsServiceConfig, "alarms" | "deploymentConfiguration"> {
  return {
    ...(alarms && {
      alarms: { alarmNames: [...alarms.names], enable: alarms.enabled, rollback: alarms.enabled },
    }),
    ...(strategy !== undefined && {
      deploymentConfiguration: strategy === "rolling" ? { strategy: "ROLLING" } : shiftConfig(strategy),
    }),
  };
}

/**
 * How the load balancer of a service reaches its container.
 *
 * @throws Error when ECS shifts traffic and there is no role
 */
export function balancerConfig(
  target: ServiceTarget,
  { name, port }: Pick<Container, "name"> & { readonly port: number },
  { infrastructureRoleArn }: ServiceDeployment,
): Pick<EcsServiceConfig, "loadBalancer"> {
  const { targetGroup, alternate, rules } = target;
  const balancer = { targetGroupArn: targetGroup.arn, containerName: name, containerPort: port };
  if (alternate === undefined || rules === undefined) return { loadBalancer: [balancer] };
  if (infrastructureRoleArn === undefined)
    throw new Error(`ECS shifts the traffic of ${name} with a role; pass infrastructureRoleArn`);
  return {
    loadBalancer: [
      {
        ...balancer,
        advancedConfiguration: {
          alternateTargetGroupArn: alternate.arn,
          productionListenerRule: rules.production.arn,
          ...(rules.test && { testListenerRule: rules.test.arn }),
          roleArn: infrastructureRoleArn,
        },
      },
    ],
  };
}
