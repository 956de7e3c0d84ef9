import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Construct } from "constructs";
import { fargate, fargateSpot } from "./fargate-capacity";
import { insightsLogGroupPrefix } from "./insights-log-group";

export interface EcsClusterModuleProps {
  /** Name, e.g. `myproject-dev`. */
  readonly name: string;
  /** Container Insights, which collects metrics of tasks and containers. @default - disabled */
  readonly containerInsights?: ContainerInsights | undefined;
  /** Where sessions of ECS Exec are logged. @default - no service enables ECS Exec */
  readonly execLog?: ExecLog | undefined;
  /** Whether services and tasks can run on Fargate Spot. Only those that name it do. @default false */
  readonly spot?: boolean;
}

/** The log group of ECS Exec. */
export interface ExecLog extends ContainerInsights {
  readonly name: string;
}

/** The log group of Container Insights. */
export interface ContainerInsights {
  /** One of the retention periods that CloudWatch Logs supports. */
  readonly logRetentionDays: number;
  /** ARN of the KMS key that encrypts the log group. Its key policy must allow the log group. */
  readonly logsKeyArn: string;
}

/**
 * An ECS cluster that runs tasks on Fargate only. Without `execLog`, ECS Exec is not available: no service enables it, and no
 * task role allows it.
 */
export class EcsClusterModule extends Construct {
  readonly cluster: EcsCluster;
  /**
   * Services must depend on it: the cluster needs its capacity providers before the first task starts and until the
   * last one stops.
   */
  readonly capacity: EcsClusterCapacityProviders;

  constructor(scope: Construct, id: string, props: EcsClusterModuleProps) {
    super(scope, id);
    const { name, containerInsights, execLog } = props;
    const logGroup =
      containerInsights &&
      new CloudwatchLogGroup(this, "insights", {
        name: `${insightsLogGroupPrefix(name)}performance`,
        retentionInDays: containerInsights.logRetentionDays,
        kmsKeyId: containerInsights.logsKeyArn,
      });
    const sessions =
      execLog &&
      new CloudwatchLogGroup(this, "exec", {
        name: execLog.name,
        retentionInDays: execLog.logRetentionDays,
        kmsKeyId: execLog.logsKeyArn,
      });
    this.cluster = new EcsCluster(this, "cluster", {
      name,
      setting: [{ name: "containerInsights", value: containerInsights ? "enabled" : "disabled" }],
      ...(sessions && {
        configuration: {
          executeCommandConfiguration: {
            logging: "OVERRIDE",
            logConfiguration: {
              cloudWatchLogGroupName: sessions.name,
              cloudWatchEncryptionEnabled: true,
            },
          },
        },
      }),
      // ECS would otherwise create a log group without a retention period and a KMS key, which outlives the cluster.
      ...(logGroup && { dependsOn: [logGroup] }),
    });
    this.capacity = new EcsClusterCapacityProviders(this, "capacity", {
      clusterName: this.cluster.name,
      capacityProviders: props.spot ? [fargate, fargateSpot] : [fargate],
      defaultCapacityProviderStrategy: [{ capacityProvider: fargate, weight: 1 }],
    });
  }
}
