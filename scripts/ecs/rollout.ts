import { setTimeout as sleep } from "node:timers/promises";
import type { Deployment, Service } from "@aws-sdk/client-ecs";

/** How a deployment of a service ended. */
export interface RolloutEnd {
  readonly state: "completed" | "failed" | "replaced" | "timeout";
  /** What ECS says of it. */
  readonly reason: string;
}

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

/**
 * Wait for the end of the deployment with which a service starts to run a task definition.
 *
 * @param look describes the service
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html
 */
export async function awaitRollout(
  revisions: Revisions,
  look: () => Promise<Service>,
  { timeout, interval = 10, wait = sleep, report }: RolloutPatience,
): Promise<RolloutEnd> {
  let reported = "";
  // Right after the update, AWS may still describe the service as it was.
  let seen = false;
  for (let waited = 0; ; waited += interval) {
    const { deployments = [] } = await look();
    seen ||= deployments.some((deployment) => deployment.taskDefinition === revisions.next);
    const end = seen ? endOf(revisions, deployments) : undefined;
    if (end !== undefined) return end;
    const line = progressOf(revisions.next, deployments);
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

function progressOf(taskDefinition: string, deployments: readonly Deployment[]): string {
  const own = deployments.find((deployment) => deployment.taskDefinition === taskDefinition);
  const { desiredCount = 0, runningCount = 0, pendingCount = 0, failedTasks = 0 } = own ?? {};
  return `${runningCount} of ${desiredCount} tasks running, ${pendingCount} pending, ${failedTasks} failed`;
}
