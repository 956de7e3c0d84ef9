import { BatchGetImageCommand, type ECRClient, type ImageDetail } from "@aws-sdk/client-ecr";
import { manifestListTypes } from "../../modules/ecr/replication/replica-comparison";
import { imageFailure } from "./image/image-failure";
import { type ImageInput, isList, type RepositoryId } from "./image-input";
import { listedImages } from "./listed-images";

/**
 * Whether a manifest can refer to other images and can be read: lists do, and OCI manifests can have a subject. An archived
 * image cannot be pulled.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/archive-image.html
 */
const canReferToOthers = (detail: ImageInput): boolean =>
  detail.imageStatus !== "ARCHIVED" &&
  (isList(detail) || detail.imageManifestMediaType === "application/vnd.oci.image.manifest.v1+json");

/** BatchGetImage's limit. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
const batchSize = 100;

/** All images of a repository, archived ones too, with the images to which their manifests refer. */
export async function liveImages(client: ECRClient, repository: RepositoryId): Promise<ImageInput[]> {
  return withReferences(client, repository, await describedImages(client, repository));
}

/** The same without reading a manifest. */
export async function describedImages(client: ECRClient, repository: RepositoryId): Promise<ImageInput[]> {
  const images: ImageInput[] = [];
  for await (const detail of listedImages(client, repository)) images.push(...imageInput(detail));
  return images;
}

/**
 * Images with those to which their manifests refer. One that was deleted in the meantime is left out.
 *
 * @throws Error when a manifest cannot be read: what it refers to would seem to be referred to by nothing
 */
export async function withReferences(
  client: ECRClient,
  { registryId, repositoryName }: RepositoryId,
  images: readonly ImageInput[],
): Promise<ImageInput[]> {
  const referencesByDigest = new Map<string, ReturnType<typeof referencesIn>>();
  const gone = new Set<string | undefined>();
  const referring = images.filter(canReferToOthers);
  for (let start = 0; start < referring.length; start += batchSize) {
    const response = await client.send(
      new BatchGetImageCommand({
        registryId,
        repositoryName,
        imageIds: referring.slice(start, start + batchSize).map(({ imageDigest }) => ({ imageDigest })),
        acceptedMediaTypes: [...manifestListTypes, "application/vnd.oci.image.manifest.v1+json"],
      }),
    );
    for (const failure of response.failures ?? []) {
      if (failure.failureCode !== "ImageNotFound") throw imageFailure(failure);
      gone.add(failure.imageId?.imageDigest);
    }
    for (const { imageId, imageManifest = "{}" } of response.images ?? [])
      referencesByDigest.set(imageId?.imageDigest ?? "", referencesIn(imageManifest));
  }
  const left = images.filter(({ imageDigest }) => !gone.has(imageDigest));
  return left.map((image) => ({ ...image, ...referencesByDigest.get(image.imageDigest) }));
}

function imageInput(detail: ImageDetail): ImageInput[] {
  const { imageDigest, imagePushedAt, subjectManifestDigest: subject } = detail;
  return imageDigest === undefined || imagePushedAt === undefined
    ? []
    : [{ ...detail, imageDigest, imagePushedAt, ...(subject !== undefined && { subject }) }];
}

/** The digests in a manifest: those of a list's images, and that of the image to which a referrer refers. */
function referencesIn(manifest: string): { references?: string[]; subject?: string } {
  const { manifests, subject } = JSON.parse(manifest) as {
    manifests?: { digest: string }[];
    subject?: { digest: string };
  };
  return {
    ...(manifests && { references: manifests.map(({ digest }) => digest) }),
    ...(subject && { subject: subject.digest }),
  };
}
