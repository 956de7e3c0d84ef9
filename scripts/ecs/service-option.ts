import type { EcsServiceOptions } from "../../environments/options/ecs";
import type { Environment } from "../../environments/plan/environment";
import { CommandError } from "../runner/command";
import { noSuchName } from "../runner/no-such-name";

/**
 * The options of a service that a command line names.
 *
 * @throws CommandError when the environment has none of that name, or does not run it yet
 */
export function serviceNamed({ ecs, file }: Environment, name: string): EcsServiceOptions {
  const services = ecs?.services ?? {};
  const options = Object.hasOwn(services, name) ? services[name] : undefined;
  if (options === undefined)
    throw noSuchName("service", name, file, Object.keys(services), "add it to ecs.services");
  refuseAwaited("service", name, options, file);
  return options;
}

/**
 * What the environment calls a name that a command line gives: a service, or a task that starts on a schedule.
 *
 * @throws CommandError when the environment has none of that name, or cannot start it yet
 */
export function startedNamed(environment: Environment, name: string): "service" | "scheduled task" {
  const { services = {}, scheduledTasks: tasks = {} } = environment.ecs ?? {};
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (task !== undefined) {
    refuseAwaited("scheduled task", name, task, environment.file);
    return "scheduled task";
  }
  if (Object.keys(tasks).length > 0 && !Object.hasOwn(services, name))
    throw noSuchName(
      "service or scheduled task",
      name,
      environment.file,
      [...Object.keys(services), ...Object.keys(tasks)],
      "add it to ecs.services or ecs.scheduledTasks",
    );
  serviceNamed(environment, name);
  return "service";
}

function refuseAwaited(
  what: string,
  name: string,
  options: Pick<EcsServiceOptions, "image" | "containers">,
  file: string,
): void {
  const images = [options, ...Object.values(options.containers)].map(({ image }) => image);
  const awaited = images.find(({ awaitsFirstPush }) => awaitsFirstPush);
  if (awaited !== undefined)
    throw new CommandError(
      `The ${what} "${name}" in ${file} awaits the first push of ${awaited.repository} and does not exist yet; replace awaitsFirstPush with the tag or digest of the first image, and deploy the compute layer`,
    );
}
