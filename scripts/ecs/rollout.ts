import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment, Service } from "@aws-sdk/client-ecs";
import {
  alarmsThatFailed,
  type DeploymentDetails,
  endOfShift,
  type RolloutEnd,
  withAlarms,
} from "./service-deployment";

/** ARNs of the task definitions of a deployment. */
export interface Revisions {
  /** What the service starts to run. */
  readonly next: string;
  /** What it ran before, to which ECS rolls a failed deployment back. */
  readonly former: string | undefined;
}

/** How long to wait, and how. */
export interface RolloutPatience {
  /** Seconds. */
  readonly timeout: number;
  /** Seconds between two looks. @default 10 */
  readonly interval?: number;
  /** @default - waits; tests give another one */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** Receives one line for each change. */
  readonly report: (line: string) => void;
}

/** What is asked of a service while it is deployed. */
export interface WatchedService {
  describe(): Promise<Service>;
  /** @param id of the deployment in the service. @returns `undefined` while ECS lists no such deployment */
  deployment(id: string): Promise<DeploymentDetails | undefined>;
}

/**
 * Wait for the end of the deployment with which a service starts to run a task definition.
 *
 * @param shifts whether ECS shifts traffic, so that the deployment goes on when its tasks run
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
 */
export async function awaitRollout(
  revisions: Revisions,
  service: WatchedService,
  { timeout, interval = 10, wait = sleep, report }: RolloutPatience,
  shifts = false,
): Promise<RolloutEnd> {
  let reported = "";
  // Right after the update, AWS may still describe the service as it was.
  let id: string | undefined;
  for (let waited = 0; ; waited += interval) {
    const { deployments = [] } = await service.describe();
    const own = deployments.find((deployment) => deployment.taskDefinition === revisions.next);
    id ??= own && (own.id ?? "");
    const details = shifts && id !== undefined ? await service.deployment(id) : undefined;
    const end =
      id === undefined ? undefined : shifts ? details && endOfShift(details) : endOf(revisions, deployments);
    if (end !== undefined) return explained(end, service, id ?? "", details);
    const line = `${progressOf(own)}${details?.lifecycleStage ? `, stage ${details.lifecycleStage}` : ""}`;
    if (line !== reported) report(line);
    reported = line;
    if (waited >= timeout)
      return {
        state: "timeout",
        reason: `the deployment is still in progress after ${timeout} seconds and continues in ECS; check the service events`,
      };
    await wait(interval * 1000);
  }
}

/** The end of a deployment, with the alarms that failed it. */
async function explained(
  end: RolloutEnd,
  service: WatchedService,
  id: string,
  details: DeploymentDetails | undefined,
): Promise<RolloutEnd> {
  if (end.state !== "failed") return end;
  return withAlarms(end, alarmsThatFailed(details ?? (await service.deployment(id)) ?? {}));
}

/** How a deployment ended; `undefined` while it goes on. */
function endOf(revisions: Revisions, deployments: readonly Deployment[]): RolloutEnd | undefined {
  const own = deployments.find((deployment) => deployment.taskDefinition === revisions.next);
  const reason = own?.rolloutStateReason ?? "";
  if (own?.rolloutState === "FAILED") return { state: "failed", reason };
  if (own?.status === "PRIMARY")
    return own.rolloutState === "COMPLETED" ? { state: "completed", reason } : undefined;
  const primary = deployments.find(({ status }) => status === "PRIMARY");
  if (primary === undefined) return undefined;
  // A rollback is a new deployment of the former task definition; the one that failed may be gone already.
  return {
    state: primary.taskDefinition === revisions.former ? "failed" : "replaced",
    reason: primary.rolloutStateReason ?? `the service now runs ${primary.taskDefinition}`,
  };
}

function progressOf(own: Deployment | undefined): string {
  const { desiredCount = 0, runningCount = 0, pendingCount = 0, failedTasks = 0 } = own ?? {};
  return `${runningCount} of ${desiredCount} tasks running, ${pendingCount} pending, ${failedTasks} failed`;
}
