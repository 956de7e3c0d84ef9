import { severities } from "./finding-message";
import { activeFindings, imagePushes, scanFindingsName } from "./image-metrics";

/** What a dashboard shows. */
export interface DashboardContent {
  readonly region: string;
  /** Namespace of the metrics from metric filters, e.g. `myproject-prod/ECR`. */
  readonly namespace: string;
  /** Names of the repositories in ECR. */
  readonly repositories: readonly string[];
  /** Who scans. Only Amazon Inspector reports findings individually. */
  readonly scanType: "BASIC" | "ENHANCED";
}

/**
 * Up to this number, each repository has its own line. A graph supports 500 lines, but nobody can read them; beyond
 * this number, a Metrics Insights query selects the busiest from up to 10,000 metrics.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-limits.html
 */
export const maxRepositoryLines = 50;

/** API calls that ECR publishes usage metrics for. https://docs.aws.amazon.com/AmazonECR/latest/userguide/monitoring-usage.html */
const countedCalls = [
  "GetAuthorizationToken",
  "BatchCheckLayerAvailability",
  "InitiateLayerUpload",
  "UploadLayerPart",
  "CompleteLayerUpload",
  "PutImage",
  "BatchGetImage",
  "GetDownloadUrlForLayer",
] as const;

/** An entry of a widget's `metrics`: namespace, name, dimensions and rendering properties. */
type Metric = readonly (string | Readonly<Record<string, string | boolean>>)[];

interface Graph {
  readonly title: string;
  readonly metrics: readonly Metric[];
  /** Seconds. @default 3600 */
  readonly period?: number;
}

/**
 * Body of a CloudWatch dashboard: pulls and pushes by repository, findings by severity, and usage of ECR's API quotas.
 * Pulls are the only repository metric that AWS documents; all others come from metric filters on events.
 *
 * @returns the body as JSON
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-repository-metrics.html
 */
export function dashboardBody(content: DashboardContent): string {
  const { region, namespace, repositories, scanType } = content;
  const graphs: Graph[] = [
    ofEachRepository("Pulls", "AWS/ECR", "RepositoryPullCount", repositories, " of the account and Region"),
    ofEachRepository("Pushes", namespace, imagePushes.name, repositories, ""),
    {
      title: "Findings in scanned images, by severity",
      metrics: severities.map((label) => [namespace, scanFindingsName(label), { label }]),
    },
    ...(scanType === "ENHANCED" ? [reportedFindings(namespace)] : []),
    quotaUse(),
  ];
  return JSON.stringify({
    widgets: graphs.map(({ title, metrics, period = 3600 }, index) => ({
      type: "metric",
      x: (index % 2) * 12,
      y: Math.floor(index / 2) * 6,
      width: 12,
      height: 6,
      properties: { title, region, view: "timeSeries", stat: "Sum", period, metrics },
    })),
  });
}

/** @param titleSuffix what the query covers beyond the namespace: AWS's own metrics have no environment dimension */
function ofEachRepository(
  what: string,
  namespace: string,
  name: string,
  repositories: readonly string[],
  titleSuffix: string,
): Graph {
  if (repositories.length <= maxRepositoryLines)
    return {
      title: `${what} by repository`,
      metrics: repositories.toSorted().map((label) => [namespace, name, "RepositoryName", label, { label }]),
    };
  const expression = `SELECT SUM(${name}) FROM SCHEMA("${namespace}", RepositoryName) GROUP BY RepositoryName ORDER BY SUM() DESC LIMIT ${maxRepositoryLines}`;
  return {
    title: `${what}: the ${maxRepositoryLines} busiest repositories${titleSuffix}`,
    metrics: [[{ expression, id: "busiest" }]],
  };
}

function reportedFindings(namespace: string): Graph {
  const { name, dimension } = activeFindings;
  return {
    title: "Findings that Amazon Inspector reports as new or changed, by severity",
    metrics: severities.map((label) => [namespace, name, dimension[0], label, { label }]),
  };
}

/**
 * ECR's quotas are calls per second; the metric counts calls per minute.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Quotas-Visualize-Alarms.html
 */
function quotaUse(): Graph {
  return {
    title: "API calls of the account and Region, in % of the quota",
    period: 60,
    metrics: countedCalls.flatMap((call, index): Metric[] => [
      [
        {
          expression: `100 * m${index} / PERIOD(m${index}) / SERVICE_QUOTA(m${index})`,
          label: call,
          id: `e${index}`,
        },
      ],
      [
        "AWS/Usage",
        "CallCount",
        ...["Type", "API", "Resource", call, "Service", "ECR", "Class", "None"],
        { id: `m${index}`, visible: false },
      ],
    ]),
  };
}
