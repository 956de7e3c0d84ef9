import type { Environment } from "../../../environments/plan/environment";
import {
  type NamedImage,
  namedImages,
  platformsOfRepository,
  wantedPlatforms,
} from "../../../environments/plan/image-gate";
import { cachedImage, cachePrefix } from "../../../environments/plan/pull-through-caches";
import { repositoryName } from "../../../environments/plan/repository-names";
import { repositoryUrl } from "../../../modules/ecr/repository/repository-address";
import { chosenRepository } from "../addresses/chosen-repository";
import { type ImageId, imageNamed } from "../image/image-id";
import type { GateTarget } from "./gate-images";

/** An image that consumers name, as the gate takes it. */
export function targetOf({ repository, reference, consumers }: NamedImage): GateTarget {
  const [label, imageId]: [string, ImageId["imageId"]] =
    "digest" in reference
      ? [`${repository}@${reference.digest}`, { imageDigest: reference.digest }]
      : [`${repository}:${reference.tag}`, { imageTag: reference.tag }];
  return { label, repository, imageId, wanted: wantedPlatforms(consumers) };
}

/** The images that the file says consumers run. The first image of what a pipeline deploys later may be gone. */
export const targetsInFile = (environment: Environment): GateTarget[] =>
  namedImages(environment)
    .filter(({ onlyFirst }) => !onlyFirst)
    .map(targetOf);

/**
 * The image that a command line names: like {@link imageNamed}, or in a cache. It must be for the platforms of all consumers of
 * its repository.
 *
 * @throws CommandError when the environment has no such repository
 */
export function targetNamed(environment: Environment, named: string): GateTarget {
  const { repositoryName: name, imageId } = imageNamed(cachedUri(environment, named) ?? named, environment);
  const short = Object.keys(environment.ecr.repositories).find(
    (repository) => repositoryName(environment, repository) === name,
  );
  const repository = short ?? repositoryInCache(environment, name) ?? name;
  return { label: named, repository, imageId, wanted: platformsOfRepository(environment, repository) };
}

/** URI of an image that is named by a cache and its path, as the environment file writes it; `undefined` for any other. */
function cachedUri(environment: Environment, named: string): string | undefined {
  const [, repository = "", reference = ""] = /^([^:@]+)([:@].+)$/.exec(named) ?? [];
  const { repositories, pullThroughCache } = environment.ecr;
  const isCached = cachedImage(repository, Object.keys(pullThroughCache)) !== undefined;
  if (!isCached || Object.hasOwn(repositories, repository)) return undefined;
  return `${repositoryUrl(chosenRepository(environment, { repository }))}${reference}`;
}

/** The cache and the path of the image, as the environment file writes them, of a repository with that name in ECR. */
function repositoryInCache(environment: Environment, name: string): string | undefined {
  const { pullThroughCache, unmanagedRepositories } = environment.ecr;
  if (Object.hasOwn(unmanagedRepositories, name)) return undefined;
  for (const [cache, options] of Object.entries(pullThroughCache)) {
    const prefix = options.prefix === "ROOT" ? "" : `${cachePrefix(environment, cache, options)}/`;
    if (prefix !== "" && name.startsWith(prefix)) return `${cache}/${name.slice(prefix.length)}`;
  }
  return undefined;
}
