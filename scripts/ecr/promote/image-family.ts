import { type HeldImage, isActive } from "../../../modules/ecr/replication/replica-comparison";
import type { ImageInput } from "../image-input";

/** Tags by which tools that know no referrers attach signatures, attestations and SBOMs to an image, or list its referrers. */
const attachedTo = /^sha256-([0-9a-f]{64})(?:\..+)?$/;

/** An image that belongs to another one, with the tags by which it is found. */
export interface FamilyMember {
  readonly image: ImageInput;
  /** The tag that was asked for, or those that name the image to which it is attached. */
  readonly tags: readonly string[];
}

/**
 * All that belongs to an image: the images of its platforms, and the signatures, SBOMs and other referrers of any of these.
 *
 * @param digest of the image
 * @param tag to keep on it. @default - none
 * @param images all images of its repository, with the references in their manifests
 * @returns the image itself first; empty if the repository does not have it
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema
 * @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#tag-based-discovery
 */
export function imageFamily(
  digest: string,
  tag: string | undefined,
  images: readonly ImageInput[],
): FamilyMember[] {
  const byDigest = new Map(images.map((image) => [image.imageDigest, image]));
  const referrers = new Map<string, ImageInput[]>();
  for (const image of images)
    for (const subject of subjectsOf(image))
      referrers.set(subject, [...(referrers.get(subject) ?? []), image]);
  const family = new Map<string, FamilyMember>();
  const pending = [digest];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const image = byDigest.get(next);
    if (image === undefined || family.has(next)) continue;
    const own = next === digest && tag !== undefined ? [tag] : [];
    const attached = (image.imageTags ?? []).filter((one) => attachedTo.test(one));
    family.set(next, { image, tags: [...own, ...attached] });
    pending.push(...(image.references ?? []));
    pending.push(...(referrers.get(next) ?? []).map(({ imageDigest }) => imageDigest));
  }
  return [...family.values()];
}

/** The members that the target lacks and that cannot be pulled, because they are in the archive. */
export const unreadableMembers = (
  family: readonly FamilyMember[],
  target: ReadonlyMap<string, HeldImage>,
): ImageInput[] =>
  family.flatMap(({ image }) =>
    isActive(image) || target.get(image.imageDigest)?.active === true ? [] : [image],
  );

/** The digests to which an image is attached. */
function subjectsOf({ subject, imageTags = [] }: ImageInput): string[] {
  const tagged = imageTags.flatMap((tag) => attachedTo.exec(tag)?.[1] ?? []);
  return [...(subject === undefined ? [] : [subject]), ...tagged.map((hex) => `sha256:${hex}`)];
}
