import { partitionOf } from "../../modules/iam/aws-partition";
import { allow, type Statement } from "../../modules/iam/policy-document";
import { consumersOf } from "./consumers";
import { ecsLogGroupPrefix } from "./ecs";
import type { Environment } from "./environment";

/**
 * What the deploy role needs, besides what Terraform needs, for the commands that deploy images with `managedBy: "pipeline"`:
 * the last log lines of tasks that stopped, and the errors of a function's new version.
 */
export function releaseStatements(environment: Environment): Statement[] {
  const { accountId, region } = environment;
  const kinds = new Set(
    consumersOf(environment)
      .filter(({ options }) => options.image.managedBy === "pipeline")
      .map(({ kind }) => kind),
  );
  const logs = `arn:${partitionOf(region)}:logs:${region}:${accountId}:log-group:${ecsLogGroupPrefix(environment)}*:*`;
  return [
    ...(kinds.has("ecs") ? [allow("ReadLogsOfTasks", ["logs:GetLogEvents"], logs)] : []),
    // IAM supports this action on `*` only.
    ...(kinds.has("lambda") ? [allow("WatchFunctions", ["cloudwatch:GetMetricData"], "*")] : []),
  ];
}
