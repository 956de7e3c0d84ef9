import type { ImageOptions } from "../../environments/options/image";
import type { Environment } from "../../environments/plan/environment";
import { imageAddress } from "../../environments/plan/image-address";
import { otherRepository } from "../../environments/plan/other-registries";
import { cachedImage } from "../../environments/plan/pull-through-caches";
import type { EcrModule } from "../../modules/ecr/ecr-module";
import { imageReference } from "../../modules/ecr/repository/image-reference";

/** A repository of an environment, in this stack or in a shard. */
export interface Repository extends Pick<EcrModule, "repositoryUrl"> {
  /** Its policy if it is in this stack and has one. A shard is deployed before. */
  readonly repositoryPolicy?: EcrModule["repositoryPolicy"];
}

/** Repositories of an environment by short name. */
export type Repositories = ReadonlyMap<string, Repository>;

/**
 * URI of a consumer's image; `undefined` while it awaits the first push. ECR creates the repository of a cached image
 * on the first pull, so its URL is computed, as is that of a repository of another account.
 *
 * @throws Error when the repository is neither in this map, nor in a cache or another account; `loadEnvironments` reports that before any
 *   stack is created
 */
export function imageUri(
  environment: Environment,
  image: ImageOptions,
  repositories: Repositories,
): string | undefined {
  const { repository } = image;
  const managed = repositories.get(repository);
  if (managed !== undefined) return imageReference(managed.repositoryUrl, image);
  const isElsewhere =
    otherRepository(repository) ?? cachedImage(repository, Object.keys(environment.ecr.pullThroughCache));
  if (isElsewhere === undefined) throw new Error(`the environment has no repository ${repository}`);
  return imageAddress(environment, image);
}
