import { severities } from "./finding-message";

/** A CloudWatch Logs metric filter: a metric that is counted from the events of a log group. */
export interface MetricFilter {
  /** Name of the metric filter and of the metric. */
  readonly name: string;
  /** Filter pattern: which events count. */
  readonly pattern: string;
  /** What an event adds: a number, or the field that holds it. */
  readonly value: string;
  /** Name and field of the dimension. AWS supports fields only, no constants. @default - none */
  readonly dimension?: readonly [name: string, field: string];
}

/**
 * Pushes by repository. CloudWatch Logs disables a metric filter that finds 1,000 values of a dimension within an hour.
 */
export const imagePushes = {
  name: "ImagePushes",
  pattern: '{ $.detail.action-type = "PUSH" }',
  value: "1",
  dimension: ["RepositoryName", "$.detail.repository-name"],
} as const satisfies MetricFilter;

/** Name of the metric that sums the findings of one severity over all scans. */
export const scanFindingsName = (severity: string): string => `ScanFindings-${severity}`;

/** Findings by severity, as reported at the end of basic scans and of initial enhanced scans. */
export const scanFindings: readonly MetricFilter[] = severities.map((severity) => ({
  name: scanFindingsName(severity),
  pattern: `{ $.detail.finding-severity-counts.${severity} > 0 }`,
  value: `$.detail.finding-severity-counts.${severity}`,
}));

/** Findings that Amazon Inspector reports as new or changed, including long after the push. */
export const activeFindings = {
  name: "ActiveFindings",
  pattern: '{ ($.detail-type = "Inspector2 Finding") && ($.detail.status = "ACTIVE") }',
  value: "1",
  dimension: ["Severity", "$.detail.severity"],
} as const satisfies MetricFilter;
