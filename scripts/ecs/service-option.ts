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
  const images = [options, ...Object.values(options.containers)].map(({ image }) => image);
  const awaited = images.find(({ awaitsFirstPush }) => awaitsFirstPush);
  if (awaited !== undefined)
    throw new CommandError(
      `The service "${name}" in ${file} awaits the first push of ${awaited.repository} and does not exist yet; replace awaitsFirstPush with the tag or digest of the first image, and deploy the compute layer`,
    );
  return options;
}
