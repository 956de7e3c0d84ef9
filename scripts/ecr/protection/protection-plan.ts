import { inUse } from "../../../modules/ecr/lifecycle/image-relations";
import { matchesPattern } from "../../../modules/ecr/lifecycle/tag-pattern";
import type { ImageInput } from "../image-input";

/** An image that a tag is added to or taken from. */
export interface TaggedImage {
  readonly imageDigest: string;
  /** Media type of its manifest. */
  readonly mediaType: string | undefined;
  readonly tag: string;
  /** What runs it, at least one for an image that gets a tag. */
  readonly users: readonly string[];
}

/** What has to happen to the tags of a repository so that its lifecycle policy keeps what runs. */
export interface ProtectionPlan {
  /** Images that run and have a protected tag. */
  readonly protectedCount: number;
  /** Images that run and get a tag. */
  readonly toTag: readonly TaggedImage[];
  /** Images with such a tag that no longer run; they keep another tag. */
  readonly toRelease: readonly TaggedImage[];
  /** The same for those whose only tag it is: ECR deletes an image with its last tag. */
  readonly toDelete: readonly TaggedImage[];
  /** Digests that run from the archive. Only an active image can get a tag. */
  readonly archived: readonly string[];
}

/** The part of a digest that a tag repeats, in hexadecimal digits. */
const digits = 12;

/**
 * The tag that protects an image.
 *
 * @param pattern e.g. `running-*`
 * @param imageDigest e.g. `sha256:8d1f0c5be4a2…`
 * @returns e.g. `running-8d1f0c5be4a2`
 */
export function protectionTag(pattern: string, imageDigest: string): string {
  const [start = "", ...rest] = pattern.split("*");
  return `${start}${imageDigest.slice("sha256:".length, "sha256:".length + digits)}${rest.join("")}`;
}

/**
 * Whether tags for images can be made of a pattern.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageIdentifier.html
 */
export const makesTags = (pattern: string): boolean =>
  pattern.includes("*") && /^[\w][\w.-]{0,127}$/.test(protectionTag(pattern, `sha256:${"0".repeat(64)}`));

/**
 * What has to happen to the tags of a repository.
 *
 * @param images all images of the repository
 * @param users what runs an image, by its digest
 * @param protectedTags patterns whose images no rule acts on
 * @param pattern the one of them to make tags of
 */
export function protectionPlan(
  images: readonly ImageInput[],
  users: ReadonlyMap<string, readonly string[]>,
  { protectedTags, pattern }: { readonly protectedTags: readonly string[]; readonly pattern: string },
): ProtectionPlan {
  const keepingTag = (tag: string) => protectedTags.some((one) => matchesPattern(one, tag));
  const isProtected = ({ imageTags = [] }: ImageInput) => imageTags.some(keepingTag);
  const running = images.filter(({ imageDigest }) => users.has(imageDigest));
  // A list keeps the images that it references for as long as it stays, but not from the archive.
  const keptByList = inUse(
    images
      .filter(
        (image) =>
          (image.references ?? []).length > 0 &&
          image.imageStatus !== "ARCHIVED" &&
          (isProtected(image) || users.has(image.imageDigest)),
      )
      .flatMap(({ references = [] }) => references),
    images,
  );
  const unprotected = running.filter((image) => !isProtected(image) && !keptByList.has(image.imageDigest));
  const isArchived = ({ imageStatus }: ImageInput) => (imageStatus ?? "ACTIVE") !== "ACTIVE";
  const tagged = (image: ImageInput): TaggedImage => ({
    imageDigest: image.imageDigest,
    mediaType: image.imageManifestMediaType,
    tag: protectionTag(pattern, image.imageDigest),
    users: users.get(image.imageDigest) ?? [],
  });
  // Runtimes name the image of a platform or its list. Without its tag, a list may go, and what it references with it.
  const runsInside = ({ imageDigest }: ImageInput) =>
    [...inUse([imageDigest], images)].some((digest) => users.has(digest));
  const stale = images.filter(
    (image) => image.imageTags?.includes(protectionTag(pattern, image.imageDigest)) && !runsInside(image),
  );
  const isOnlyTag = ({ imageTags = [] }: ImageInput) => imageTags.length === 1;
  return {
    protectedCount: running.length - unprotected.length,
    toTag: unprotected.filter((image) => !isArchived(image)).map(tagged),
    archived: unprotected.filter(isArchived).map(({ imageDigest }) => imageDigest),
    toRelease: stale.filter((image) => !isOnlyTag(image)).map(tagged),
    toDelete: stale.filter(isOnlyTag).map(tagged),
  };
}
