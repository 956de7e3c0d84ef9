import {
  type CloudWatchClient,
  type MetricDataQuery,
  paginateGetMetricData,
} from "@aws-sdk/client-cloudwatch";
import { emptySeries, periodOf, type TimeWindow } from "./time-window";

/** A metric with one time series for each repository. */
export interface RepositoryMetric {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Pulls, the only metric of repositories that AWS documents. It counts requests for manifests, so it also counts who only looks
 * at an image, such as a scanner.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-repository-metrics.html
 */
export const pulls: RepositoryMetric = { namespace: "AWS/ECR", name: "RepositoryPullCount" };

/** GetMetricData's limit. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const queriesOfRequest = 500;

/**
 * The sum of a metric in each period, for each repository. A repository without data has zeros: CloudWatch has none for a
 * period in which nothing happened.
 *
 * @param repositories names in ECR
 */
export async function seriesOf(
  client: CloudWatchClient,
  metric: RepositoryMetric,
  repositories: readonly string[],
  window: TimeWindow,
): Promise<Map<string, number[]>> {
  const series = new Map(repositories.map((name) => [name, emptySeries(window)]));
  for (let first = 0; first < repositories.length; first += queriesOfRequest) {
    const some = repositories.slice(first, first + queriesOfRequest);
    const request = {
      MetricDataQueries: some.map((name, index) => queryOf(metric, name, index, window.period)),
      StartTime: window.start,
      EndTime: window.end,
    };
    for await (const { MetricDataResults = [] } of paginateGetMetricData({ client }, request))
      for (const { Id = "", Timestamps = [], Values = [] } of MetricDataResults) {
        const values = series.get(some[Number(Id.slice(1))] ?? "");
        for (const [position, time] of Timestamps.entries()) {
          const index = periodOf(time, window);
          if (values !== undefined && index !== undefined)
            values[index] = (values[index] ?? 0) + (Values[position] ?? 0);
        }
      }
  }
  return series;
}

const queryOf = (
  { namespace, name }: RepositoryMetric,
  repository: string,
  index: number,
  period: number,
): MetricDataQuery => ({
  Id: `q${index}`,
  MetricStat: {
    Metric: {
      Namespace: namespace,
      MetricName: name,
      Dimensions: [{ Name: "RepositoryName", Value: repository }],
    },
    Period: period,
    Stat: "Sum",
  },
});
