import { partitionOf } from "../../modules/iam/aws-partition";
import { allow, type Statement } from "../../modules/iam/policy-document";
import { consumersOf } from "./consumers";
import { ecsLogGroupPrefix } from "./ecs";
import type { Environment } from "./environment";
import { gateStatementsOfDeploy, inspectorReads } from "./gate-permission";

/**
 * What the deploy role needs, besides what Terraform needs, for the commands that deploy images with `managedBy: "pipeline"`:
 * the last log lines of tasks that stopped, the errors of a function's new version, and the findings of enhanced scanning, which both
 * commands wait for, unless the gate reads them anyway.
 */
export function releaseStatements(environment: Environment): Statement[] {
  const { accountId, region } = environment;
  const released = consumersOf(environment).filter(({ options }) => options.image.managedBy === "pipeline");
  const kinds = new Set(released.map(({ kind }) => kind));
  const { repositories } = environment.ecr;
  const enhanced = released.some(
    ({ options }) => repositories[options.image.repository]?.enableEnhancedScanning === true,
  );
  const reads = enhanced && gateStatementsOfDeploy(environment).length === 0;
  const logs = `arn:${partitionOf(region)}:logs:${region}:${accountId}:log-group:${ecsLogGroupPrefix(environment)}*:*`;
  return [
    ...(kinds.has("ecs") ? [allow("ReadLogsOfTasks", ["logs:GetLogEvents"], logs)] : []),
    ...(reads ? [allow("ReadFindings", inspectorReads, "*")] : []),
    // IAM supports this action on `*` only.
    ...(kinds.has("lambda") ? [allow("WatchFunctions", ["cloudwatch:GetMetricData"], "*")] : []),
  ];
}
