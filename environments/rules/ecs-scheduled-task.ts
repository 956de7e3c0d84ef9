import type { UncheckedScheduledTask } from "../options/ecs-scheduled-task";
import type { UncheckedEnvironment } from "../options/environment";
import { ecsTaskRole } from "../plan/ecs";
import { ecsScheduleRole } from "../plan/ecs-schedule";
import { hyphenatedName } from "../schema/hyphenated-name";
import type { RuleContext } from "../schema/rule";
import { entriesIn, namesIn } from "../schema/unchecked";
import { ecsContainerRules } from "./ecs-containers";
import { roleNameLength } from "./ecs-role-name";
import { taskSize } from "./ecs-service";
import { volumeRules } from "./ecs-volumes";
import { taskDefinitionSize } from "./task-definition-size";

/** Rules for the ECS tasks of an environment that start on a schedule. */
export function scheduledTaskRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const services = namesIn(environment.ecs?.services) ?? [];
  for (const [name, task] of entriesIn(environment.ecs?.scheduledTasks)) {
    const at = context.at("ecs", "scheduledTasks", name);
    taskName(name, services, at);
    roleNameLength(environment, ecsTaskRole(name), "the task role", at);
    roleNameLength(environment, ecsScheduleRole(name), "the role that starts the task", at);
    taskSize(task, at);
    ecsContainerRules(name, task, at);
    volumeRules(environment, task, at);
    taskDefinitionSize(environment, name, task, at);
    imageOwner(task, at.at("image"));
  }
}

/** The task definition, its log group and its roles have the name of the task, as those of a service have. */
function taskName(name: string, services: readonly string[], { problem }: RuleContext): void {
  if (!hyphenatedName.test(name))
    problem(
      [],
      name,
      "the name of a task has lowercase letters and digits, with single hyphens between them; use a name such as nightly-report",
    );
  if (services.includes(name))
    problem([], name, "a service has this name, and both would have the same log group; choose another one");
}

/** The schedule names a revision of the task definition, which only Terraform changes. */
function imageOwner({ image }: UncheckedScheduledTask, { problem }: RuleContext): void {
  if (image?.managedBy === "pipeline")
    problem(
      ["managedBy"],
      image.managedBy,
      "a pipeline deploys only images of services; remove managedBy, and name the image in the file",
    );
}
