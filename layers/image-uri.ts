import type { ImageOptions } from "../environments/image-options";
import type { EcrModule } from "../modules/ecr/ecr-module";
import { imageReference } from "../modules/ecr/image-reference";

/**
 * Where a consumer's image is pulled from; `undefined` until one is pushed.
 *
 * @param repositories repositories of the environment by short name
 * @throws Error when the repository is not among them; `loadEnvironments` has reported that before any stack is built
 */
export function imageUri(
  image: ImageOptions,
  repositories: ReadonlyMap<string, EcrModule>,
): string | undefined {
  const url = repositories.get(image.repository)?.repositoryUrl;
  if (url === undefined) throw new Error(`there is no repository ${image.repository}`);
  return imageReference(url, image);
}
