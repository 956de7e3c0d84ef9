import type { Environment } from "../../../environments/plan/environment";
import { repositoryName } from "../../../environments/plan/repository-names";
import { registryHost } from "../../../modules/ecr/repository/repository-address";
import { CommandError } from "../../runner/command";
import { noSuchName } from "../../runner/no-such-name";

/** An image in the registry of an environment, as ECR's API takes it. */
export interface ImageId {
  readonly registryId: string;
  readonly repositoryName: string;
  readonly imageId: { readonly imageTag: string } | { readonly imageDigest: string };
}

/** The tag or digest by which an image is named. */
export const tagOrDigest = (imageId: ImageId["imageId"]): string =>
  "imageTag" in imageId ? imageId.imageTag : imageId.imageDigest;

const forms =
  "use <repository>:<tag> or <repository>@<digest>, where the repository is a short name such as web-app, or the image's URI";

/**
 * The image that a command line names.
 *
 * @param image e.g. `web-app:v1.2.3`, `web-app@sha256:…` or
 *   `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app:v1.2.3`
 * @throws CommandError when it is malformed, or in another registry
 */
export function imageNamed(image: string, environment: Environment): ImageId {
  const [, registry, repository, tag, imageDigest] =
    /^(?:([^/]*\.[^/]*)\/)?([^:@]+)(?::([a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})|@(sha256:[0-9a-f]{64}))$/.exec(
      image,
    ) ?? [];
  if (repository === undefined) throw new CommandError(`--image: "${image}" names no image; ${forms}`);
  const host = registryHost(environment);
  if (registry !== undefined && registry !== host)
    throw new CommandError(
      `--image: ${registry} is not the registry of ${environment.name}, which is ${host}; choose the environment with --env`,
    );
  return {
    registryId: environment.accountId,
    repositoryName: registry === undefined ? nameOf(repository, environment) : repository,
    imageId: imageDigest === undefined ? { imageTag: tag ?? "" } : { imageDigest },
  };
}

/**
 * Name in ECR of a repository with that short name.
 *
 * @throws CommandError when the environment has none
 */
export function nameOf(repository: string, environment: Environment): string {
  const names = Object.keys(environment.ecr.repositories);
  if (names.includes(repository)) return repositoryName(environment, repository);
  throw noSuchName("repository", repository, environment.name, names);
}
