import { severities } from "./finding-message";

/** A metric that CloudWatch Logs counts from the events of a log group. */
export interface MetricFilter {
  /** Name of the metric filter and of the metric. */
  readonly name: string;
  /** Which events count. */
  readonly pattern: string;
  /** What an event adds: a number, or the field that holds it. */
  readonly value: string;
  /** Name and field of the dimension. AWS takes fields only, no fixed text. @default - none */
  readonly dimension?: readonly [name: string, field: string];
}

/** Pushes of each repository. CloudWatch Logs gives up a filter that meets 1,000 values of a dimension in an hour. */
export const imagePushes = {
  name: "ImagePushes",
  pattern: '{ $.detail.action-type = "PUSH" }',
  value: "1",
  dimension: ["RepositoryName", "$.detail.repository-name"],
} as const satisfies MetricFilter;

/** Name of the metric that sums the findings of one severity over scans. */
export const scanFindingsName = (severity: string): string => `ScanFindings-${severity}`;

/** Findings by severity, as the ends of basic scans and of Inspector's first scans count them. */
export const scanFindings: readonly MetricFilter[] = severities.map((severity) => ({
  name: scanFindingsName(severity),
  pattern: `{ $.detail.finding-severity-counts.${severity} > 0 }`,
  value: `$.detail.finding-severity-counts.${severity}`,
}));

/** Findings that Amazon Inspector reports as new or changed, also long after the push. */
export const activeFindings = {
  name: "ActiveFindings",
  pattern: '{ ($.detail-type = "Inspector2 Finding") && ($.detail.status = "ACTIVE") }',
  value: "1",
  dimension: ["Severity", "$.detail.severity"],
} as const satisfies MetricFilter;
