import type { UncheckedEcsService } from "../options/ecs";
import type { UncheckedContainer } from "./ecs-container";

/**
 * What is reserved for containers fits into the task.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerResources(
  task: Pick<UncheckedEcsService, "cpu" | "memory">,
  containers: readonly UncheckedContainer[],
): void {
  const sidecars = containers.filter(({ isMain }) => !isMain);
  for (const { options, context } of sidecars) {
    const { memory, memoryReservation: reserved } = options;
    if (typeof memory === "number" && typeof reserved === "number" && reserved >= memory)
      context.problem(
        ["memoryReservation"],
        reserved,
        `memory is ${memory} and must be more than what is reserved; lower memoryReservation or remove it`,
      );
    if (typeof memory === "number" && typeof task.memory === "number" && memory > task.memory)
      context.problem(
        ["memory"],
        memory,
        `the task has ${task.memory} MiB of memory; lower this, or raise memory of the service`,
      );
  }
  reservedIn("cpu", task.cpu, sidecars, ({ options }) => options.cpu);
  reservedIn("memory", task.memory, sidecars, ({ options }) => options.memoryReservation ?? options.memory);
}

function reservedIn(
  option: "cpu" | "memory",
  available: unknown,
  sidecars: readonly UncheckedContainer[],
  reservedBy: (container: UncheckedContainer) => unknown,
): void {
  const reserving = sidecars.flatMap((container) => {
    const reserved = reservedBy(container);
    return typeof reserved === "number" ? [{ container, reserved }] : [];
  });
  const sum = reserving.reduce((total, { reserved }) => total + reserved, 0);
  const largest = reserving.toSorted((a, b) => b.reserved - a.reserved)[0];
  if (typeof available !== "number" || largest === undefined || sum < available) return;
  // One that alone has more memory than the task is reported above.
  if (option === "memory" && largest.reserved > available) return;
  const { options, context } = largest.container;
  const at = option === "memory" && options.memoryReservation !== undefined ? "memoryReservation" : option;
  context.problem(
    [at],
    largest.reserved,
    `the task has ${available} ${option === "cpu" ? "CPU units" : "MiB of memory"}, and its further containers reserve ${sum}, which leaves nothing for that of the service; reserve less, or raise ${option} of the service`,
  );
}
