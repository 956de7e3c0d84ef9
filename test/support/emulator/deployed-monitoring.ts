import { CloudWatchClient, GetDashboardCommand, ListDashboardsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeMetricFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetTopicAttributesCommand, ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { clientConfig } from "../../../emulator/client-config";

/** What AWS's API says of the topics, metrics and dashboards of one account. */
export class DeployedMonitoring {
  private readonly logs: CloudWatchLogsClient;
  private readonly sns: SNSClient;
  private readonly cloudwatch: CloudWatchClient;

  /** @param variables the environment variables of an account, from the emulator */
  constructor(variables: Readonly<Record<string, string>>) {
    const config = clientConfig(variables);
    this.logs = new CloudWatchLogsClient(config);
    this.sns = new SNSClient(config);
    this.cloudwatch = new CloudWatchClient(config);
  }

  /** Metrics that are counted from the events of a log group: `namespace name dimension …`, sorted. */
  async countedMetrics(logGroupName: string) {
    const { metricFilters = [] } = await this.logs.send(new DescribeMetricFiltersCommand({ logGroupName }));
    return metricFilters
      .flatMap(({ metricTransformations = [] }) => metricTransformations)
      .map(({ metricNamespace, metricName, dimensions = {} }) =>
        [metricNamespace, metricName, ...Object.keys(dimensions)].join(" "),
      )
      .toSorted();
  }

  /** Key and policy of each topic, by its ARN. */
  async topics() {
    const { Topics = [] } = await this.sns.send(new ListTopicsCommand({}));
    const topics = Topics.map(async ({ TopicArn = "" }) => {
      const { Attributes = {} } = await this.sns.send(new GetTopicAttributesCommand({ TopicArn }));
      const { KmsMasterKeyId: key, Policy = "" } = Attributes;
      return [TopicArn, { key, policy: JSON.parse(Policy) }] as const;
    });
    return Object.fromEntries(await Promise.all(topics));
  }

  /** Widgets of each dashboard, by the dashboard's name. */
  async dashboards() {
    const { DashboardEntries = [] } = await this.cloudwatch.send(new ListDashboardsCommand({}));
    const dashboards = DashboardEntries.map(async ({ DashboardName = "" }) => {
      const { DashboardBody = "" } = await this.cloudwatch.send(new GetDashboardCommand({ DashboardName }));
      return [DashboardName, JSON.parse(DashboardBody).widgets] as const;
    });
    return Object.fromEntries(await Promise.all(dashboards));
  }
}
