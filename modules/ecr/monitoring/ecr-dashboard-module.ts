import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import { type DashboardContent, dashboardBody } from "./dashboard-body";
import { activeFindings, imagePushes, type MetricFilter, scanFindings } from "./image-metrics";

export interface EcrDashboardModuleProps extends DashboardContent {
  /** Name of the dashboard, e.g. `myproject-prod-ecr`. */
  readonly name: string;
  /** Name of the log group that holds the scan events. */
  readonly scanLogGroup: string;
  /** Name of the log group that holds the push events. */
  readonly pushLogGroup: string;
}

/** A dashboard for repositories, and the metric filters that count its metrics from logged events. */
export class EcrDashboardModule extends Construct {
  constructor(scope: Construct, id: string, props: EcrDashboardModuleProps) {
    super(scope, id);
    const { name, namespace, scanLogGroup, pushLogGroup, scanType } = props;
    const count = (metric: MetricFilter, logGroupName: string) =>
      new CloudwatchLogMetricFilter(this, metric.name, {
        name: metric.name,
        logGroupName,
        pattern: metric.pattern,
        metricTransformation: {
          namespace,
          name: metric.name,
          value: metric.value,
          ...(metric.dimension && { dimensions: { [metric.dimension[0]]: metric.dimension[1] } }),
        },
      });
    count(imagePushes, pushLogGroup);
    for (const metric of scanFindings) count(metric, scanLogGroup);
    if (scanType === "ENHANCED") count(activeFindings, scanLogGroup);
    new CloudwatchDashboard(this, "dashboard", { dashboardName: name, dashboardBody: dashboardBody(props) });
  }
}
