import { imageReference } from "../../modules/ecr/repository/image-reference";
import { repositoryUrl } from "../../modules/ecr/repository/repository-address";
import { type EnvironmentId, type RegistryAddress, repositoryName } from "../naming";
import type { ImageOptions } from "../options/image";

/**
 * URI of an image in a repository or pull-through cache of an environment, computed without calling AWS.
 *
 * @param region Region of the registry. A replica has the name of its repository in every Region. @default - the
 *   environment's
 * @returns `undefined` while the image awaits its first push
 */
export function imageAddress(
  environment: EnvironmentId & RegistryAddress,
  image: Pick<ImageOptions, "repository" | "tag" | "digest">,
  region: string = environment.region,
): string | undefined {
  const { accountId } = environment;
  return imageReference(
    repositoryUrl({ name: repositoryName(environment, image.repository), accountId, region }),
    image,
  );
}
