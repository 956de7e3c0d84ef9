/**
 * Prefix of the name of the log group that Container Insights writes to.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/deploy-container-insights-ECS-cluster.html
 */
export function insightsLogGroupPrefix(clusterName: string): string {
  return `/aws/ecs/containerinsights/${clusterName}/`;
}
