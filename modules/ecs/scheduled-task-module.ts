import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import {
  SchedulerSchedule,
  type SchedulerScheduleTargetEcsParameters,
} from "@cdktf/provider-aws/lib/scheduler-schedule";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { EcsClusterModule } from "./ecs-cluster-module";
import { allSpot, capacityStrategy, onDemand } from "./fargate-capacity";
import {
  type AwaitedContainer,
  type FargateTaskProps,
  fargateTaskDefinition,
  startable,
} from "./fargate-task-definition";
import { type ServiceNetwork, ServiceSecurityGroup } from "./service-security-group";

/** `name` is the name of the schedule and the task definition. */
export interface ScheduledTaskModuleProps extends FargateTaskProps {
  readonly cluster: EcsClusterModule;
  readonly network: ServiceNetwork;
  /** The containers; the first is that of the task. Without the image of one, there is no task definition and no schedule. */
  readonly containers: readonly [AwaitedContainer, ...AwaitedContainer[]];
  readonly logRetentionDays: number;
  /** ARN of the KMS key that encrypts the log group. */
  readonly logsKeyArn: string;
  readonly schedule: TaskSchedule;
  /** Whether the task runs on Fargate Spot. The cluster must offer it. @default false */
  readonly spot?: boolean;
}

/** When a task starts, and who starts it. */
export interface TaskSchedule {
  /** Name of the schedule group. */
  readonly groupName: string;
  /** ARN of the role that EventBridge Scheduler assumes. */
  readonly roleArn: string;
  /** ARN of the queue for what could not be started. */
  readonly deadLetterArn: string;
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  readonly expression: string;
  /** Name in the time zone database. */
  readonly timeZone: string;
  readonly enabled: boolean;
  /** Minutes within which the task starts, 1 to 1440. @default - in the minute of the schedule */
  readonly flexibleWindowMinutes?: number | undefined;
  /** Tasks that start each time, 1 to 10. */
  readonly taskCount: number;
  /** 0 to 185. */
  readonly maximumRetryAttempts: number;
  /** 60 to 86,400. */
  readonly maximumEventAgeSeconds: number;
}

/** A task on Fargate, in private subnets, that EventBridge Scheduler starts, with its log group and security group. */
export class ScheduledTaskModule extends Construct {
  constructor(scope: Construct, id: string, props: ScheduledTaskModuleProps) {
    super(scope, id);
    const { name, network, containers: awaited } = props;
    const logGroup = new CloudwatchLogGroup(this, "log_group", {
      name: awaited[0].logGroup,
      retentionInDays: props.logRetentionDays,
      kmsKeyId: props.logsKeyArn,
    });
    const securityGroup = new ServiceSecurityGroup(this, "firewall", { name, network });
    const files = props.volumes?.admit(securityGroup.groupId) ?? [];
    const containers = startable(awaited, logGroup.name);
    if (containers === undefined) return;
    const task = fargateTaskDefinition(this, props, containers);
    this.schedule(props, this.start(props, task, securityGroup.groupId), [...securityGroup.rules, ...files]);
  }

  private schedule(
    { name, cluster, schedule }: ScheduledTaskModuleProps,
    ecsParameters: SchedulerScheduleTargetEcsParameters,
    rules: readonly ITerraformDependable[],
  ): SchedulerSchedule {
    const { flexibleWindowMinutes: maximumWindowInMinutes } = schedule;
    return new SchedulerSchedule(this, "schedule", {
      name,
      groupName: schedule.groupName,
      scheduleExpression: schedule.expression,
      scheduleExpressionTimezone: schedule.timeZone,
      state: schedule.enabled ? "ENABLED" : "DISABLED",
      flexibleTimeWindow:
        maximumWindowInMinutes === undefined ? { mode: "OFF" } : { mode: "FLEXIBLE", maximumWindowInMinutes },
      target: {
        arn: cluster.cluster.arn,
        roleArn: schedule.roleArn,
        deadLetterConfig: { arn: schedule.deadLetterArn },
        retryPolicy: {
          maximumRetryAttempts: schedule.maximumRetryAttempts,
          maximumEventAgeInSeconds: schedule.maximumEventAgeSeconds,
        },
        ecsParameters,
      },
      // What a task needs must exist before the schedule starts one.
      dependsOn: [cluster.capacity, ...rules],
    });
  }

  private start(
    { network, schedule, spot = false }: ScheduledTaskModuleProps,
    task: EcsTaskDefinition,
    groupId: string,
  ): SchedulerScheduleTargetEcsParameters {
    return {
      taskDefinitionArn: task.arn,
      taskCount: schedule.taskCount,
      capacityProviderStrategy: capacityStrategy(spot ? allSpot : onDemand),
      platformVersion: "LATEST",
      networkConfiguration: {
        subnets: network.privateSubnetIds,
        securityGroups: [groupId],
        assignPublicIp: false,
      },
      enableEcsManagedTags: true,
      propagateTags: "TASK_DEFINITION",
    };
  }
}
