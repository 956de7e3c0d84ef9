import { dependencyCycle } from "../../modules/ecs/dependency-cycle";
import { unknownName } from "../schema/problem";
import { namesIn } from "../schema/unchecked";
import type { UncheckedContainer } from "./ecs-container";

/**
 * Containers wait only for others that exist and can meet the condition, and never in a circle.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html
 */
export function containerDependencies(containers: readonly UncheckedContainer[]): void {
  for (const container of containers)
    for (const [name, condition] of dependenciesOf(container))
      dependency(container, name, condition, containers);
  circle(containers);
}

const dependenciesOf = ({ options }: UncheckedContainer): [string, unknown][] =>
  (namesIn(options.dependsOn) ?? []).map((name) => [name, options.dependsOn?.[name]]);

function dependency(
  { name: from, context }: UncheckedContainer,
  name: string,
  condition: unknown,
  containers: readonly UncheckedContainer[],
): void {
  const refuse = (advice: string, found: unknown = condition) =>
    context.problem(["dependsOn", name], found, advice);
  const target = containers.find((container) => container.name === name);
  const others = containers.map((container) => container.name).filter((other) => other !== from);
  if (name === from) refuse("a container cannot wait for itself; remove this entry", name);
  else if (target === undefined)
    refuse(unknownName("the task", "container", name, others, "containers"), name);
  else if (condition === "HEALTHY" && target.options.healthCheckCommand === undefined)
    refuse(`nothing checks the health of "${name}"; add healthCheckCommand to it, or use START`);
  else if ((condition === "COMPLETE" || condition === "SUCCESS") && isEssential(target))
    refuse(
      target.isMain
        ? `"${name}" runs as long as the task; use START or HEALTHY`
        : `the task stops when "${name}" ends; set essential: false there, or use START or HEALTHY`,
    );
}

const isEssential = ({ isMain, options }: UncheckedContainer): boolean =>
  isMain || options.essential !== false;

function circle(containers: readonly UncheckedContainer[]): void {
  const cycle = dependencyCycle(
    Object.fromEntries(
      containers.map((container) => [
        container.name,
        dependenciesOf(container).flatMap(([name]) => (name === container.name ? [] : [name])),
      ]),
    ),
  );
  const [first] = cycle ?? [];
  const container = containers.find(({ name }) => name === first);
  if (cycle === undefined || container === undefined) return;
  container.context.problem(
    ["dependsOn"],
    container.options.dependsOn,
    `these containers wait for each other and never start: ${[...cycle, first].join(" → ")}; remove one of the dependencies`,
  );
}
