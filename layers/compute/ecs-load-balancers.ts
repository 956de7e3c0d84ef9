import type { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { EcsOptions, EcsServiceOptions } from "../../environments/options/ecs";
import { ecsServiceName } from "../../environments/plan/ecs";
import { alarmsOf } from "../../environments/plan/ecs-alarms";
import { strategyOf, watchesAlarms } from "../../environments/plan/ecs-deployment";
import { allowedRanges, isInternal } from "../../environments/plan/ecs-load-balancer";
import type { Environment } from "../../environments/plan/environment";
import type { FargateServiceModuleProps } from "../../modules/ecs/fargate-service-module";
import { SharedLoadBalancer } from "../../modules/ecs/shared-load-balancer";
import { NameScope } from "../../modules/terraform/name-scope";
import type { ContractValues } from "../contract";
import { mapOutput } from "../map-output";
import type { networkContract } from "../network/network.contract";
import type { ecsInfrastructureContract } from "../security/security.contract";

type Network = ContractValues<typeof networkContract>;

/** Load balancers that services share, by name. */
export type SharedLoadBalancers = ReadonlyMap<string, SharedLoadBalancer>;

/** Add the load balancers that services share, and an output with their host names. */
export function addSharedLoadBalancers(
  scope: Construct,
  environment: Environment,
  loadBalancers: EcsOptions["loadBalancers"],
  network: () => Network,
): SharedLoadBalancers {
  const names = Object.keys(loadBalancers);
  if (names.length === 0) return new Map();
  const balancers = new NameScope(scope, "load_balancers");
  return new Map(
    Object.entries(loadBalancers).map(([name, options]) => {
      const [first = "", ...further] = options.certificateArns;
      return [
        name,
        new SharedLoadBalancer(balancers, name, {
          name: ecsServiceName(environment, name),
          certificateArns: [first, ...further],
          ...placeOf(options, environment, network()),
          vpcId: network().vpc_id,
          vpcCidrBlock: network().vpc_cidr_block,
        }),
      ];
    }),
  );
}

/** Publish the host names of shared load balancers, if there are any. */
export function sharedLoadBalancerOutput(stack: TerraformStack, balancers: SharedLoadBalancers): void {
  if (balancers.size > 0)
    mapOutput(
      stack,
      "shared_load_balancer_dns_names",
      "Host name of each load balancer that services share, by its name; point the names in its certificates there",
      balancers,
      ({ lb }) => lb.dnsName,
    );
}

/** What the services of an environment are reached and deployed with. */
interface DeliveryContext {
  readonly environment: Environment;
  readonly network: Network;
  readonly balancers: SharedLoadBalancers;
  readonly infrastructure: ContractValues<typeof ecsInfrastructureContract>;
}

type Delivery = Pick<FargateServiceModuleProps, "loadBalancer" | "sharedTarget" | "deployment" | "alarms">;

/** How a service is reached and deployed: the properties of its module. */
export function deliveryOf(name: string, options: EcsServiceOptions, context: DeliveryContext): Delivery {
  const { loadBalancer, deployment } = options;
  const own = loadBalancer && {
    loadBalancer: {
      ...loadBalancer,
      ...placeOf(loadBalancer, context.environment, context.network),
      testHeader: deployment?.testHeader,
    },
  };
  return { ...own, ...sharedTargetOf(options, context), ...deploymentOf(name, options, context) };
}

function sharedTargetOf(
  { sharedLoadBalancer, deployment }: EcsServiceOptions,
  { balancers }: DeliveryContext,
): Pick<Delivery, "sharedTarget"> {
  if (sharedLoadBalancer === undefined) return {};
  // The name is the load balancer's, and the module is named after the service.
  const { name, ...place } = sharedLoadBalancer;
  const balancer = balancers.get(name);
  if (balancer === undefined) throw new Error(`there is no load balancer ${name}`);
  return { sharedTarget: { ...place, balancer, testHeader: deployment?.testHeader } };
}

function deploymentOf(
  name: string,
  { deployment }: EcsServiceOptions,
  { environment, infrastructure }: DeliveryContext,
): Pick<Delivery, "deployment" | "alarms"> {
  if (deployment === undefined) return {};
  const strategy = strategyOf(deployment);
  const own = alarmsOf(environment, name, deployment.ownAlarms);
  const names = [...(deployment.alarms ?? []), ...own.map((alarm) => alarm.name)];
  const alarms = names.length > 0 && { names, enabled: watchesAlarms(deployment) };
  return {
    ...(own.length > 0 && { alarms: own }),
    deployment: {
      ...(alarms && { alarms }),
      strategy,
      ...(typeof strategy === "object" && {
        infrastructureRoleArn: infrastructure.ecs_infrastructure_role_arn,
      }),
    },
  };
}

/** Where a load balancer is and who can reach it. */
function placeOf(
  options: Parameters<typeof allowedRanges>[0],
  { deletionProtection }: Environment,
  network: Network,
) {
  const internal = isInternal(options);
  return {
    internal,
    subnetIds: internal ? network.private_subnet_ids : network.public_subnet_ids,
    allowedCidrBlocks: allowedRanges(options),
    deletionProtection,
  };
}
