import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";

/** Between how many tasks a service scales, and by what. */
export interface ScalingOptions {
  readonly minCount: number;
  readonly maxCount: number;
  /** Average CPU utilization, in percent, that the policy maintains. */
  readonly cpuTargetPercent: number;
  /** Average memory utilization, in percent. @default - not looked at */
  readonly memoryTargetPercent?: number | undefined;
  /** Average number of requests to a task in a minute. Requires `requestLabel`. @default - not looked at */
  readonly requestsPerTask?: number | undefined;
  /** Seconds. @default - AWS's, 300 */
  readonly scaleOutCooldownSeconds?: number | undefined;
  /** Seconds. @default - AWS's, 300 */
  readonly scaleInCooldownSeconds?: number | undefined;
  /** Other numbers of tasks from certain times on, by name. @default - none */
  readonly schedules?: Readonly<Record<string, ScalingSchedule>>;
}

export interface ServiceAutoscalingProps extends ScalingOptions {
  /** Name of the policy. */
  readonly name: string;
  readonly clusterName: string;
  readonly serviceName: string;
  /** Load balancer and target group as the metric names them. @default - there is no load balancer */
  readonly requestLabel?: string | undefined;
}

/** From when on a service has other numbers of tasks. */
export interface ScalingSchedule {
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  readonly schedule: string;
  /** Name in the time zone database. */
  readonly timeZone: string;
  /** @default - stays */
  readonly minCount?: number | undefined;
  /** @default - stays */
  readonly maxCount?: number | undefined;
}

/** One metric and what a policy keeps it at. */
interface Target {
  readonly id: string;
  readonly targetValue: number;
  readonly predefinedMetricSpecification: {
    readonly predefinedMetricType: string;
    readonly resourceLabel?: string;
  };
}

/**
 * Target tracking scaling of a service by average utilization, and scheduled scaling. AWS creates the role and the alarms for
 * it. With several targets, tasks are added for any of them, and removed only if all allow it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
 */
export class ServiceAutoscaling extends Construct {
  constructor(scope: Construct, id: string, props: ServiceAutoscalingProps) {
    super(scope, id);
    const schedules = Object.entries(props.schedules ?? {});
    const target = new AppautoscalingTarget(this, "target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${props.clusterName}/${props.serviceName}`,
      minCapacity: props.minCount,
      maxCapacity: props.maxCount,
      // A scheduled action changes them in AWS, and the next apply would change them back.
      ...(schedules.length > 0 && { lifecycle: { ignoreChanges: ["min_capacity", "max_capacity"] } }),
    });
    const scalable = {
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
    };
    for (const { id: metric, ...configuration } of targetsOf(props))
      new AppautoscalingPolicy(this, metric, {
        name: `${props.name}-${metric}`,
        policyType: "TargetTrackingScaling",
        ...scalable,
        targetTrackingScalingPolicyConfiguration: { ...configuration, ...cooldowns(props) },
      });
    for (const [name, { schedule, timeZone, minCount, maxCount }] of schedules)
      new AppautoscalingScheduledAction(this, `schedule_${name}`, {
        name: `${props.name}-${name}`,
        ...scalable,
        schedule,
        timezone: timeZone,
        scalableTargetAction: {
          ...(minCount !== undefined && { minCapacity: String(minCount) }),
          ...(maxCount !== undefined && { maxCapacity: String(maxCount) }),
        },
      });
  }
}

function targetsOf(props: ServiceAutoscalingProps): Target[] {
  const { cpuTargetPercent, memoryTargetPercent: memory, requestsPerTask: requests, requestLabel } = props;
  if (requests !== undefined && requestLabel === undefined)
    throw new Error("requests are counted by a load balancer; pass requestLabel");
  const metric = (predefinedMetricType: string, resourceLabel?: string) => ({
    predefinedMetricSpecification: {
      predefinedMetricType,
      ...(resourceLabel !== undefined && { resourceLabel }),
    },
  });
  return [
    { id: "cpu", targetValue: cpuTargetPercent, ...metric("ECSServiceAverageCPUUtilization") },
    ...(memory === undefined
      ? []
      : [{ id: "memory", targetValue: memory, ...metric("ECSServiceAverageMemoryUtilization") }]),
    ...(requests === undefined
      ? []
      : [{ id: "requests", targetValue: requests, ...metric("ALBRequestCountPerTarget", requestLabel) }]),
  ];
}

const cooldowns = ({
  scaleInCooldownSeconds: scaleInCooldown,
  scaleOutCooldownSeconds: scaleOutCooldown,
}: ServiceAutoscalingProps) => ({
  ...(scaleInCooldown !== undefined && { scaleInCooldown }),
  ...(scaleOutCooldown !== undefined && { scaleOutCooldown }),
});
