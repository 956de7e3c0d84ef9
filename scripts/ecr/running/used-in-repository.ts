import { digestFinder } from "../../../modules/ecr/lifecycle/digest-finder";
import type { RepositoryAddress } from "../../../modules/ecr/repository/repository-address";
import { type RunningImage, referenceIn } from "./running-image";

/** What runs of one repository. */
export interface UsedImages {
  /** Who uses an image, by its digest. Contains only images that exist. */
  readonly byDigest: ReadonlyMap<string, readonly string[]>;
  /** Who uses an image that the repository does not have, each as a sentence. */
  readonly missing: readonly string[];
}

/**
 * What runs of the images of one repository. A tag counts as the image that it names now.
 *
 * @param existing all images of the repository
 */
export function usedInRepository(
  running: readonly RunningImage[],
  repository: RepositoryAddress,
  existing: readonly { readonly imageDigest: string; readonly imageTags?: readonly string[] | undefined }[],
): UsedImages {
  const digestOf = digestFinder(existing);
  const byDigest = new Map<string, Set<string>>();
  const missing = new Set<string>();
  for (const image of running) {
    const reference = referenceIn(image, repository);
    if (reference === undefined) continue;
    const digest = digestOf(reference);
    if (digest === undefined)
      missing.add(
        `${image.user} runs ${"digest" in reference ? reference.digest : reference.tag}, which ${repository.name} does not have.`,
      );
    else byDigest.set(digest, (byDigest.get(digest) ?? new Set()).add(image.user));
  }
  return {
    byDigest: new Map([...byDigest].map(([digest, users]) => [digest, [...users].toSorted()])),
    missing: [...missing].toSorted(),
  };
}
