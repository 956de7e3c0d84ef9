import type { ServiceConnection } from "./service-connection";
import { type StoppedTask, stoppedTask, stoppedTaskText } from "./stopped-task";

/** Tasks of a failed deployment are alike, so a few say enough. */
const tasksShown = 3;

/** Log lines of each container that are shown. */
const linesShown = 20;

/** A task that stopped, with the last lines of its containers, and all of it as text. */
export interface StoppedReport extends StoppedTask {
  readonly lines: Readonly<Record<string, readonly string[]>>;
  readonly text: string;
}

/** Why the tasks of a revision stopped, the last one first. */
export async function stoppedReport(
  connection: Pick<ServiceConnection, "stopped" | "lastLines">,
  taskDefinition: string,
): Promise<StoppedReport[]> {
  const tasks = (await connection.stopped(taskDefinition)).slice(0, tasksShown).map(stoppedTask);
  return Promise.all(
    tasks.map(async (task) => {
      const lines = Object.fromEntries(
        await Promise.all(
          task.containers.map(
            async ({ name }) => [name, await connection.lastLines(name, task.id, linesShown)] as const,
          ),
        ),
      );
      return { ...task, lines, text: `${stoppedTaskText(task)}${linesText(lines)}` };
    }),
  );
}

function linesText(lines: StoppedReport["lines"]): string {
  return Object.entries(lines)
    .filter(([, written]) => written.length > 0)
    .map(
      ([container, written]) =>
        `  last lines of ${container}:\n${written.map((line) => `    ${line.trimEnd()}\n`).join("")}`,
    )
    .join("");
}
