import type { ServiceDeployment } from "@aws-sdk/client-ecs";

/** How a deployment of a service ended. */
export interface RolloutEnd {
  readonly state: "completed" | "failed" | "replaced" | "timeout";
  /** What ECS says of it. */
  readonly reason: string;
}

/** What ECS says of a deployment beyond the service: its stage, and the alarms that ended it. */
export type DeploymentDetails = Pick<
  ServiceDeployment,
  "status" | "statusReason" | "lifecycleStage" | "alarms"
>;

/**
 * How a deployment that shifts traffic ended; `undefined` while it goes on. Its tasks run long before the traffic is with them,
 * so only the deployment itself says when it is over.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html
 */
export function endOfShift(details: DeploymentDetails): RolloutEnd | undefined {
  const { status = "", statusReason: reason = "" } = details;
  if (status === "SUCCESSFUL") return { state: "completed", reason };
  if (/^(?:STOP|ROLLBACK)/.test(status)) return { state: "failed", reason: reason || status };
  return undefined;
}

/** Names of the alarms that failed a deployment. */
export const alarmsThatFailed = ({ alarms }: DeploymentDetails): readonly string[] =>
  alarms?.triggeredAlarmNames ?? [];

/** The reason of a failure, with the alarms behind it. */
export function withAlarms(end: RolloutEnd, alarms: readonly string[]): RolloutEnd {
  if (end.state !== "failed" || alarms.length === 0) return end;
  const named = alarms.length === 1 ? `The alarm ${alarms[0]}` : `The alarms ${alarms.join(", ")}`;
  return { state: "failed", reason: `${named} rolled the deployment back. ${end.reason}`.trim() };
}
