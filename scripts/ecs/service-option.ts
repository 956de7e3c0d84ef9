import type { EcsServiceOptions } from "../../environments/options/ecs";
import type { Environment } from "../../environments/plan/environment";
import { suggest } from "../../modules/values/suggestion";
import { CommandError } from "../runner/command";

/**
 * The options of a service that a command line names.
 *
 * @throws CommandError when the environment has none of that name, or does not run it yet
 */
export function serviceNamed({ ecs, file }: Environment, name: string): EcsServiceOptions {
  const services = ecs?.services ?? {};
  const names = Object.keys(services);
  const options = Object.hasOwn(services, name) ? services[name] : undefined;
  if (options === undefined)
    throw new CommandError(
      `There is no service "${name}" in ${file}; ${suggest(name, names) ?? (names.length > 0 ? `choose from ${names.join(", ")}` : "its file has none in ecs.services")}`,
    );
  const images = [options, ...Object.values(options.containers)].map(({ image }) => image);
  const awaited = images.find(({ awaitsFirstPush }) => awaitsFirstPush);
  if (awaited !== undefined)
    throw new CommandError(
      `The service "${name}" in ${file} awaits the first push of ${awaited.repository} and does not exist yet; replace awaitsFirstPush with the tag or digest of the first image, and deploy the compute layer`,
    );
  return options;
}
