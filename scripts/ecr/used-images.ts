import type { Consumer } from "../../environments/plan/consumers";
import type { Environment } from "../../environments/plan/environment";
import { type ImagesInUse, imagesInUse } from "../../environments/plan/images-in-use";
import { renderPath } from "../../environments/schema/problem";
import { inUse } from "../../modules/ecr/lifecycle/image-relations";

/** The images of a repository that are in use, also because a manifest list in use references them. */
export interface UsedImages extends ImagesInUse {
  /** Digests of all of them. */
  readonly used: ReadonlySet<string>;
}

/**
 * Which images of a repository are in use: those that consumers of the environment run, and given ones.
 *
 * @param repository short name
 * @param images all images of the repository
 * @param given digests that are in use for other reasons
 * @param environments those whose consumers can name the repository by its URL. @default - none
 */
export function usedImages(
  environment: Environment,
  repository: string,
  images: readonly {
    readonly imageDigest: string;
    readonly imageTags?: readonly string[] | undefined;
    readonly references?: readonly string[] | undefined;
  }[],
  given: readonly string[],
  environments: readonly Environment[] = [],
): UsedImages {
  const found = imagesInUse(environment, repository, images, environments);
  return { ...found, used: inUse([...given, ...found.byDigest.keys()], images) };
}

/** That a consumer runs an image that its repository does not have. @param name of the repository in ECR */
export const missingImage = ({ file }: Environment, name: string, { path, options }: Consumer): string =>
  `${file}: ${renderPath([...path, "image"])}: ${name} has no image ${options.image.tag ?? options.image.digest}`;
