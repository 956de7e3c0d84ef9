import type { Task } from "@aws-sdk/client-ecs";

/** A task that has stopped, and why. */
export interface StoppedTask {
  readonly id: string;
  /** Why ECS stopped it, e.g. `Essential container in task exited`. */
  readonly reason: string;
  readonly containers: readonly {
    readonly name: string;
    readonly exitCode?: number;
    readonly reason?: string;
  }[];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html */
export function stoppedTask({
  taskArn = "",
  stoppedReason = "",
  stopCode,
  containers = [],
}: Task): StoppedTask {
  return {
    id: taskArn.split("/").at(-1) ?? taskArn,
    reason: stoppedReason === "" ? (stopCode ?? "AWS gives no reason") : stoppedReason,
    containers: containers.map(({ name = "", exitCode, reason }) => ({
      name,
      ...(exitCode !== undefined && { exitCode }),
      ...(reason !== undefined && { reason }),
    })),
  };
}

/** One line for the task and one for each container that says something. */
export function stoppedTaskText({ id, reason, containers }: StoppedTask): string {
  const lines = containers.flatMap(({ name, exitCode, reason: why }) => {
    const parts = [
      ...(exitCode === undefined ? [] : [`exit code ${exitCode}${meaningOf(exitCode)}`]),
      ...(why ? [why] : []),
    ];
    return parts.length === 0 ? [] : [`  container ${name}: ${parts.join(", ")}`];
  });
  return [`Task ${id} stopped: ${reason}`, ...lines, ""].join("\n");
}

/** A program that a signal ends has 128 and the number of the signal as its exit code. */
function meaningOf(exitCode: number): string {
  if (exitCode === 137) return " (SIGKILL: out of memory, or not stopped in time)";
  if (exitCode === 139) return " (SIGSEGV)";
  if (exitCode === 143) return " (SIGTERM)";
  return "";
}

/**
 * Log stream of a container whose prefix is its name.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 */
export function logStream(container: string, taskId: string): string {
  return `${container}/${container}/${taskId}`;
}
