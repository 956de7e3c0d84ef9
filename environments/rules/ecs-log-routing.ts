import type { UncheckedContainer } from "./ecs-container";

/**
 * A task has one log router, which receives what the other containers write.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
 */
export function logRouting(containers: readonly UncheckedContainer[]): void {
  const routers = containers.filter(({ options }) => options.logRouter !== undefined);
  for (const { options, context } of routers.slice(1))
    context.problem(
      ["logRouter"],
      options.logRouter,
      `a task has one log router, and "${routers[0]?.name}" is it; remove this one`,
    );
  for (const { options, context } of containers) {
    if (options.logs === undefined) continue;
    if (routers.length === 0)
      context.problem(
        ["logs"],
        options.logs,
        "no container of the task is a log router; add one with logRouter, or remove logs",
      );
    if (options.logRouter !== undefined)
      context.problem(
        ["logs"],
        options.logs,
        "a log router cannot route its own output, which goes to CloudWatch Logs; remove logs",
      );
  }
}
