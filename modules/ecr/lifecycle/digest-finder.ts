/** An image as ECR lists it. */
interface ListedImage {
  readonly imageDigest: string;
  readonly imageTags?: readonly string[] | undefined;
}

/** What names an image: a tag counts before a digest. */
interface ImageReference {
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

/**
 * Finds the digest of an image that a repository has, as its tags are now; `undefined` for an image that it does not have.
 *
 * @param images all images of the repository
 */
export function digestFinder(
  images: readonly ListedImage[],
): (reference: ImageReference) => string | undefined {
  const digests = new Set(images.map(({ imageDigest }) => imageDigest));
  const byTag = new Map(
    images.flatMap(({ imageDigest, imageTags = [] }) => imageTags.map((tag) => [tag, imageDigest] as const)),
  );
  return ({ tag, digest }) => {
    if (tag !== undefined) return byTag.get(tag);
    return digest !== undefined && digests.has(digest) ? digest : undefined;
  };
}
