import type { Environment } from "../../../environments/plan/environment";
import {
  type NamedImage,
  namedImages,
  platformsOfRepository,
  wantedPlatforms,
} from "../../../environments/plan/image-gate";
import { repositoryName } from "../../../environments/plan/repository-names";
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
 * The image that a command line names. It must be for the platforms of all consumers of its repository.
 *
 * @throws CommandError when the environment has no such repository
 */
export function targetNamed(environment: Environment, named: string): GateTarget {
  const { repositoryName: name, imageId } = imageNamed(named, environment);
  const short = Object.keys(environment.ecr.repositories).find(
    (repository) => repositoryName(environment, repository) === name,
  );
  const repository = short ?? name;
  return { label: named, repository, imageId, wanted: platformsOfRepository(environment, repository) };
}
