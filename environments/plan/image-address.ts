import { imageReference } from "../../modules/ecr/repository/image-reference";
import { repositoryUrl } from "../../modules/ecr/repository/repository-address";
import type { RegistryAddress } from "../naming";
import type { ImageOptions } from "../options/image";
import { imageRepositoryName } from "./pull-through-caches";
import type { RegistryNaming } from "./repository-names";

/**
 * URI of an image in a repository or pull-through cache of an environment, computed without calling AWS.
 *
 * @param region Region of the registry. A replica has the name of its repository in every Region. @default - the
 *   environment's
 * @returns `undefined` while the image awaits its first push
 */
export function imageAddress(
  environment: RegistryNaming & RegistryAddress,
  image: Pick<ImageOptions, "repository" | "tag" | "digest">,
  region: string = environment.region,
): string | undefined {
  const { accountId } = environment;
  return imageReference(
    repositoryUrl({ name: imageRepositoryName(environment, image.repository), accountId, region }),
    image,
  );
}
