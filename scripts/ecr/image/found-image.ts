import { BatchGetImageCommand, type ECRClient, type Image } from "@aws-sdk/client-ecr";
import { manifestListTypes } from "../../../modules/ecr/replication/replica-comparison";
import { imageFailure } from "./image-failure";
import type { ImageId } from "./image-id";

/** An image that exists. */
export interface FoundImage {
  readonly digest: string;
  /** The images to scan: those of each platform in a manifest list, or else the image itself. */
  readonly platforms: readonly Platform[];
}

/** An image for one platform. */
export interface Platform {
  readonly digest: string;
  /** E.g. `linux/arm64`; empty for an image that is not in a list. */
  readonly name: string;
}

/** Types of manifests that `findImage` accepts. */
export const mediaTypes: string[] = [
  ...manifestListTypes,
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
];

interface Listed {
  readonly digest: string;
  readonly platform?: { readonly os?: string; readonly architecture?: string; readonly variant?: string };
}

/**
 * Look an image up.
 *
 * @returns `undefined` if the repository has no such image
 * @throws Error of the SDK, also when the repository does not exist
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
 */
export async function findImage(client: ECRClient, id: ImageId): Promise<FoundImage | undefined> {
  const image = await readImage(client, id);
  if (image === undefined) return undefined;
  const { imageDigest: digest = "" } = image.imageId ?? {};
  return { digest, platforms: platformsIn(image.imageManifest ?? "{}", digest) };
}

/** The manifest of an image. Returns and throws as {@link findImage}. */
export async function readImage(
  client: ECRClient,
  { imageId, ...repository }: ImageId,
): Promise<Image | undefined> {
  const { images = [], failures = [] } = await client.send(
    new BatchGetImageCommand({ ...repository, imageIds: [imageId], acceptedMediaTypes: mediaTypes }),
  );
  const [image] = images;
  if (image?.imageId?.imageDigest !== undefined) return image;
  const [failure] = failures;
  if (failure?.failureCode === "ImageNotFound") return undefined;
  throw imageFailure(failure);
}

/** Attestations stand in a list as images for the platform `unknown/unknown`. https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
const isAttestation = ({ platform }: Listed): boolean => platform?.os === "unknown";

/** The images in a manifest list with their platforms, without attestations; of another manifest, the image itself. */
export function platformsIn(manifest: string, digest: string): Platform[] {
  const { manifests } = JSON.parse(manifest) as { manifests?: readonly Listed[] };
  if (manifests === undefined) return [{ digest, name: "" }];
  return manifests
    .filter((listed) => !isAttestation(listed))
    .map(({ digest: of, platform }) => ({
      digest: of,
      name: [platform?.os, platform?.architecture, platform?.variant].filter(Boolean).join("/"),
    }));
}
