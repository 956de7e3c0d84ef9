import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { NameScope } from "../terraform/name-scope";
import type { AlarmPlan } from "./alarm-plan";

/** What the alarms of a service look at. */
export interface AlarmSource {
  readonly clusterName: string;
  /** Name of the service. */
  readonly serviceName: string;
  /** The load balancer and its target groups, as metrics name them. Required for alarms on requests. @default - none */
  readonly balancer?: { readonly arnSuffix: string; readonly targetGroupSuffixes: readonly string[] };
}

/**
 * CloudWatch alarms that fail a deployment of a service. A minute without data counts as good: a service without
 * requests has none.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
 */
export class ServiceAlarms extends Construct {
  readonly alarms: readonly CloudwatchMetricAlarm[];

  constructor(scope: Construct, id: string, plans: readonly AlarmPlan[], source: AlarmSource) {
    super(scope, id);
    const names = new NameScope(this, "alarms");
    this.alarms = plans.map(
      ({ kind, name, threshold, minutes }) =>
        new CloudwatchMetricAlarm(names, kind, {
          alarmName: name,
          alarmDescription: `Rolls deployments of ${source.serviceName} back`,
          comparisonOperator: "GreaterThanOrEqualToThreshold",
          threshold,
          evaluationPeriods: minutes,
          datapointsToAlarm: minutes,
          treatMissingData: "notBreaching",
          ...measured(kind, source),
        }),
    );
  }
}

const minute = 60;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html */
function measured(kind: AlarmPlan["kind"], { clusterName, serviceName, balancer }: AlarmSource) {
  if (kind === "cpu" || kind === "memory")
    return {
      namespace: "AWS/ECS",
      metricName: kind === "cpu" ? "CPUUtilization" : "MemoryUtilization",
      dimensions: { ClusterName: clusterName, ServiceName: serviceName },
      statistic: "Average",
      period: minute,
    };
  if (balancer === undefined)
    throw new Error(`${serviceName} has no load balancer, so nothing counts its requests`);
  return { metricQuery: kind === "errors" ? errors(balancer) : unhealthy(balancer) };
}

type Balancer = NonNullable<AlarmSource["balancer"]>;

/** One metric of each target group. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
const ofTargets = (
  { arnSuffix, targetGroupSuffixes }: Balancer,
  id: string,
  metricName: string,
  stat: string,
) =>
  targetGroupSuffixes.map((targetGroup, index) => ({
    id: `${id}${index}`,
    metric: {
      namespace: "AWS/ApplicationELB",
      metricName,
      dimensions: { LoadBalancer: arnSuffix, TargetGroup: targetGroup },
      stat,
      period: minute,
    },
  }));

/** The sum over all target groups. A metric that has no data in a minute counts as 0. */
const total = (queries: readonly { readonly id: string }[]) =>
  `SUM([${queries.map(({ id }) => `FILL(${id}, 0)`).join(", ")}])`;

/** Percentage of the requests that end with a server error; nothing in a minute without requests. */
function errors(balancer: Balancer) {
  const failed = ofTargets(balancer, "failed", "HTTPCode_Target_5XX_Count", "Sum");
  const all = ofTargets(balancer, "requests", "RequestCount", "Sum");
  const expression = `100 * ${total(failed)} / ${total(all)}`;
  return [
    ...failed,
    ...all,
    { id: "percent", label: "Server errors in percent", expression, returnData: true },
  ];
}

function unhealthy(balancer: Balancer) {
  const hosts = ofTargets(balancer, "unhealthy", "UnHealthyHostCount", "Maximum");
  return [...hosts, { id: "hosts", label: "Unhealthy targets", expression: total(hosts), returnData: true }];
}
