import { imageReference } from "../../modules/ecr/repository/image-reference";
import { repositoryUrl } from "../../modules/ecr/repository/repository-address";
import type { RegistryAddress } from "../naming";
import type { ImageOptions } from "../options/image";
import { otherRepository } from "./other-registries";
import { imageRepositoryName } from "./pull-through-caches";
import type { RegistryNaming } from "./repository-names";

/** URL of the repository that an image is in. Parameters as for {@link imageAddress}. */
export function imageRepositoryUrl(
  environment: RegistryNaming & RegistryAddress,
  repository: string,
  region: string = environment.region,
): string {
  const { accountId } = environment;
  const name = imageRepositoryName(environment, repository);
  return repositoryUrl(otherRepository(repository) ?? { name, accountId, region });
}

/**
 * URI of an image in a repository or pull-through cache of an environment, or in the registry of another account, computed
 * without calling AWS.
 *
 * @param region Region of the registry of the environment. A replica has the name of its repository in every Region. @default - the
 *   environment's
 * @returns `undefined` while the image awaits its first push
 */
export function imageAddress(
  environment: RegistryNaming & RegistryAddress,
  image: Pick<ImageOptions, "repository" | "tag" | "digest">,
  region: string = environment.region,
): string | undefined {
  return imageReference(imageRepositoryUrl(environment, image.repository, region), image);
}
