import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Construct } from "constructs";

/** Capacity provider for tasks on AWS Fargate. */
export const fargate = "FARGATE";

export interface EcsClusterModuleProps {
  /** Name, e.g. `myproject-dev`. */
  readonly name: string;
  /** Whether Container Insights collects metrics of tasks and containers. */
  readonly containerInsights: boolean;
}

/**
 * An ECS cluster that runs tasks on Fargate only. ECS Exec is not available: no service enables it, and no task role
 * allows it.
 */
export class EcsClusterModule extends Construct {
  readonly cluster: EcsCluster;
  /**
   * Services must depend on it: the cluster needs its capacity providers before the first task starts and until the
   * last one stops.
   */
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
