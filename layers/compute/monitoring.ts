import type { Construct } from "constructs";
import {
  dashboardName,
  eventRuleName,
  findingsLogGroup,
  metricNamespace,
  pushesLogGroup,
} from "../../environments/naming";
import type { Environment } from "../../environments/plan/environment";
import { scanTypeOf } from "../../environments/plan/registry-requests";
import { ownNames, repositoryName } from "../../environments/plan/repository-names";
import { EcrDashboardModule } from "../../modules/ecr/monitoring/ecr-dashboard-module";
import { FindingAlertsModule } from "../../modules/ecr/monitoring/finding-alerts-module";
import {
  groupText,
  pushEventPatterns,
  scanEventPatterns,
} from "../../modules/ecr/monitoring/repository-events";
import { AlertTopicModule } from "../../modules/events/alert-topic-module";
import { EventLogModule } from "../../modules/events/event-log-module";
import { partitionOf } from "../../modules/iam/aws-partition";

/**
 * Add monitoring for an environment's repositories: a log group for scan findings, alerts and a dashboard, each if the
 * environment enables it.
 *
 * @param logsKeyArn gives the key of the security layer that encrypts log groups and alerts; called only if needed
 */
export function addMonitoring(scope: Construct, environment: Environment, logsKeyArn: () => string): void {
  const { accountId, region, ecr } = environment;
  const repositories = { partition: partitionOf(region), accountId, region, ...ownNames(environment) };
  const scanType = scanTypeOf(environment);
  const log = () => ({ retentionInDays: ecr.logRetentionDays, kmsKeyArn: logsKeyArn() });

  const scans =
    ecr.enableScanFindingsLogging &&
    new EventLogModule(scope, "scan_findings", {
      ...log(),
      ruleName: eventRuleName(environment, "scan-findings"),
      events: `Scan findings of ${groupText(repositories)}`,
      eventPatterns: scanEventPatterns(repositories),
      logGroupName: findingsLogGroup(environment),
    });

  if (ecr.alerts) {
    const { severities, emails, topicArn } = ecr.alerts;
    const name = eventRuleName(environment, "alerts");
    new FindingAlertsModule(scope, "finding_alerts", {
      ruleName: name,
      repositories,
      scanType,
      severities,
      topicArn:
        topicArn ?? new AlertTopicModule(scope, "alert_topic", { name, kmsKeyArn: logsKeyArn(), emails }).arn,
    });
  }

  // `monitoringRules` ensures that an environment with a dashboard also logs scan findings.
  if (ecr.enableDashboard && scans) {
    const pushes = new EventLogModule(scope, "image_pushes", {
      ...log(),
      ruleName: eventRuleName(environment, "image-pushes"),
      events: `Pushes to ${groupText(repositories)}`,
      eventPatterns: pushEventPatterns(repositories),
      logGroupName: pushesLogGroup(environment),
    });
    new EcrDashboardModule(scope, "dashboard", {
      name: dashboardName(environment),
      region,
      namespace: metricNamespace(environment),
      repositories: Object.keys(ecr.repositories).map((shortName) => repositoryName(environment, shortName)),
      scanType,
      scanLogGroup: scans.logGroupName,
      pushLogGroup: pushes.logGroupName,
    });
  }
}
