import { maxContainers } from "../../modules/ecs/task-definition-size";
import type { UncheckedEcsService } from "../options/ecs";
import type { UncheckedScheduledTask } from "../options/ecs-scheduled-task";
import { hyphenatedName } from "../schema/hyphenated-name";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked";
import type { UncheckedContainer, UncheckedSidecar } from "./ecs-container";
import { containerDependencies } from "./ecs-container-dependencies";
import { containerResources } from "./ecs-container-resources";
import { healthCheckRules } from "./ecs-health";
import { logRouting } from "./ecs-log-routing";

/** Rules for the containers of one ECS service or scheduled task, and between them. */
export function ecsContainerRules(
  service: string,
  options: UncheckedEcsService | UncheckedScheduledTask,
  context: RuleContext,
): void {
  const sidecars = entriesIn(options.containers);
  if (sidecars.length >= maxContainers)
    context.problem(
      ["containers"],
      `${sidecars.length} entries`,
      `a task definition has up to ${maxContainers} containers, that of the service included; remove some`,
    );
  const containers: UncheckedContainer[] = [
    { name: service, options: options as UncheckedSidecar, context, isMain: true },
    ...sidecars.map(([name, sidecar]) => {
      const at = context.at("containers", name);
      containerName(service, name, at);
      return { name, options: sidecar, context: at, isMain: false };
    }),
  ];
  for (const container of containers) {
    healthCheckRules(container.options, container.context);
    fileSystem(container);
    imageOwner(container);
    ulimits(container);
  }
  containerDependencies(containers);
  containerResources(options, containers);
  logRouting(containers);
}

/** ECS allows more characters; volumes and log streams are also named after the container. */
function containerName(service: string, name: string, { problem }: RuleContext): void {
  if (!hyphenatedName.test(name))
    problem(
      [],
      name,
      "a container name has lowercase letters and digits, with single hyphens between them; use a name such as log-router",
    );
  if (name === service) problem([], name, "the container of the service has this name; choose another one");
}

function fileSystem({ options, context }: UncheckedContainer): void {
  const { readonlyRootFilesystem, writablePaths } = options;
  if (!Array.isArray(writablePaths)) return;
  if (readonlyRootFilesystem === false && writablePaths.length > 0)
    context.problem(
      ["writablePaths"],
      writablePaths,
      "readonlyRootFilesystem: false allows the container to write everywhere; remove writablePaths or readonlyRootFilesystem: false",
    );
}

/** A deployment replaces the image of the service's container. */
function imageOwner({ options, context, isMain }: UncheckedContainer): void {
  if (!isMain && options.image?.managedBy === "pipeline")
    context.problem(
      ["image", "managedBy"],
      options.image.managedBy,
      "a pipeline deploys only the image of the service's container; remove managedBy, and name each image in the file",
    );
}

/** -1 is no limit. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html */
function ulimits({ options, context }: UncheckedContainer): void {
  if (!Array.isArray(options.ulimits)) return;
  const seen = new Set<unknown>();
  options.ulimits.forEach((limit, index) => {
    const { name, softLimit: soft, hardLimit: hard } = limit ?? {};
    if (typeof soft === "number" && typeof hard === "number" && hard !== -1 && (soft === -1 || soft > hard))
      context.problem(
        ["ulimits", index, "softLimit"],
        soft,
        `the hard limit is ${hard}; lower softLimit or raise hardLimit`,
      );
    if (name !== undefined && seen.has(name))
      context.problem(["ulimits", index, "name"], name, "this limit is set twice; remove it here");
    seen.add(name);
  });
}
