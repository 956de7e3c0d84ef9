import { repositoryName } from "../../environments/naming";
import type { ImageOptions } from "../../environments/options/image";
import type { Environment } from "../../environments/plan/environment";
import { cachedImage } from "../../environments/plan/pull-through-caches";
import type { EcrModule } from "../../modules/ecr/ecr-module";
import { imageReference } from "../../modules/ecr/repository/image-reference";
import { repositoryUrl } from "../../modules/ecr/repository/repository-address";

/**
 * Where a consumer's image is pulled from; `undefined` until one is pushed. A repository of a cache is made by ECR at
 * the first pull, so its address is computed.
 *
 * @param repositories repositories of the environment by short name
 * @throws Error when the repository is neither among them nor of a cache; `loadEnvironments` has reported that before
 *   any stack is built
 */
export function imageUri(
  environment: Environment,
  image: ImageOptions,
  repositories: ReadonlyMap<string, EcrModule>,
): string | undefined {
  const { repository } = image;
  const own = repositories.get(repository);
  if (own !== undefined) return imageReference(own.repositoryUrl, image);
  if (cachedImage(repository, Object.keys(environment.ecr.pullThroughCache)) === undefined)
    throw new Error(`there is no repository ${repository}`);
  return imageReference(
    repositoryUrl({ ...environment, name: repositoryName(environment, repository) }),
    image,
  );
}
