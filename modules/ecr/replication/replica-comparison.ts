/** An image as ECR lists it, as far as replicas are compared. */
export interface ListedImage {
  readonly imageDigest: string;
  readonly imageTags?: readonly string[] | undefined;
  /** Compressed size. Of a manifest list: the size of its largest image. */
  readonly imageSizeInBytes?: number | undefined;
  readonly imagePushedAt?: Date | undefined;
  readonly imageStatus?: string | undefined;
  readonly imageManifestMediaType?: string | undefined;
}

/**
 * Why an image cannot be pulled from a replica as from the source:
 *
 * - `absent`: the replica does not have it
 * - `archived`: the replica has it in the archive, from which nothing can be pulled
 * - `tags`: the replica has it, but some of its tags are missing there or on another image
 */
export type Lack = "absent" | "archived" | "tags";

/** An image of the source that a replica lacks. */
export interface LackingImage {
  readonly digest: string;
  readonly lack: Lack;
  /** All tags in the source. */
  readonly tags: readonly string[];
  /** The tags with which the replica cannot be asked for it. */
  readonly missingTags: readonly string[];
  /** Compressed size; 0 of a manifest list, whose images are counted themselves, and where only tags are missing. */
  readonly bytes: number;
  readonly pushedAt: Date | undefined;
  readonly mediaType: string | undefined;
}

/** What a replica holds, by digest. */
export type ReplicaContent = ReadonlyMap<
  string,
  { readonly active: boolean; readonly tags: readonly string[] }
>;

/** Media types of manifest lists. https://github.com/opencontainers/image-spec/blob/main/media-types.md */
export const manifestListTypes = [
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.index.v1+json",
];

/**
 * Whether an image can be pulled, and so is replicated. Images without a status are active.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive-image.html
 */
export const isActive = ({ imageStatus = "ACTIVE" }: Pick<ListedImage, "imageStatus">): boolean =>
  imageStatus === "ACTIVE";

/** What a replica holds of an image. */
export interface HeldImage {
  readonly active: boolean;
  readonly tags: readonly string[];
}

/** What a comparison needs of an image in a replica. */
export function heldAs(image: Pick<ListedImage, "imageStatus" | "imageTags">): HeldImage {
  return { active: isActive(image), tags: image.imageTags ?? [] };
}

/**
 * What a replica lacks of one image of its source.
 *
 * ECR replicates a tag as well as an image, except onto an immutable tag that the replica already has: the image then
 * arrives without it.
 *
 * @returns `undefined` if it lacks nothing, or if the image is not active in the source, so that ECR does not replicate it
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function lackOf(image: ListedImage, replica: ReplicaContent): LackingImage | undefined {
  if (!isActive(image)) return undefined;
  const { imageDigest: digest, imageTags: tags = [], imageManifestMediaType: mediaType } = image;
  const held = replica.get(digest);
  const missingTags = held?.active ? tags.filter((tag) => !held.tags.includes(tag)) : tags;
  if (held?.active && missingTags.length === 0) return undefined;
  const lack = held === undefined ? "absent" : held.active ? "tags" : "archived";
  const isList = manifestListTypes.includes(mediaType ?? "");
  return {
    digest,
    lack,
    tags,
    missingTags,
    bytes: lack === "tags" || isList ? 0 : (image.imageSizeInBytes ?? 0),
    pushedAt: image.imagePushedAt,
    mediaType,
  };
}

/** Totals of what a replica lacks. */
export interface LackTotals {
  readonly images: number;
  /** Compressed; layers that images share are counted for each of them, so this is the most that can be transferred. */
  readonly bytes: number;
  /** When the image was pushed that has been missing longest; `undefined` if nothing is missing. */
  readonly oldest: Date | undefined;
}

export function totalsOf(lacking: readonly LackingImage[]): LackTotals {
  let bytes = 0;
  let oldest: Date | undefined;
  for (const { bytes: size, pushedAt } of lacking) {
    bytes += size;
    if (pushedAt !== undefined && (oldest === undefined || pushedAt < oldest)) oldest = pushedAt;
  }
  return { images: lacking.length, bytes, oldest };
}
