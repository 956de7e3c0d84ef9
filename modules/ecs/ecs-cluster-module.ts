import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Construct } from "constructs";

/** The capacity provider of tasks that AWS finds a machine for. */
export const fargate = "FARGATE";

export interface EcsClusterModuleProps {
  /** Name, e.g. `myproject-dev`. */
  readonly name: string;
  /** Whether CloudWatch collects metrics of tasks and containers. */
  readonly containerInsights: boolean;
}

/**
 * An ECS cluster that runs tasks on Fargate only. ECS Exec is not set up: no service turns it on, and no role of a
 * task may open its channel.
 */
export class EcsClusterModule extends Construct {
  readonly cluster: EcsCluster;
  /** Services depend on it: a cluster takes tasks once it has the capacity for them, and loses it after they are gone. */
  readonly capacity: EcsClusterCapacityProviders;

  constructor(scope: Construct, id: string, { name, containerInsights }: EcsClusterModuleProps) {
    super(scope, id);
    this.cluster = new EcsCluster(this, "cluster", {
      name,
      setting: [{ name: "containerInsights", value: containerInsights ? "enabled" : "disabled" }],
    });
    this.capacity = new EcsClusterCapacityProviders(this, "capacity", {
      clusterName: this.cluster.name,
      capacityProviders: [fargate],
      defaultCapacityProviderStrategy: [{ capacityProvider: fargate, weight: 1 }],
    });
  }
}
