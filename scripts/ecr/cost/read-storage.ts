import { BatchGetImageCommand, type ECRClient, type ImageDetail } from "@aws-sdk/client-ecr";
import { manifestListTypes } from "../../../modules/ecr/replication/replica-comparison";
import { type ImageInput, isList, type RepositoryId } from "../image-input";
import { listedImages } from "../listed-images";
import { type Blob, blobsIn } from "./image-layers";
import { RepositoryStorage } from "./repository-storage";

/** An image of a repository, for the simulator of lifecycle policies, and the blobs that it stores. */
export interface MeasuredImage extends ImageInput {
  readonly blobs: readonly number[];
}

/** What a repository stores. */
export interface MeasuredRepository {
  readonly storage: RepositoryStorage;
  readonly images: readonly MeasuredImage[];
  /** Images that are no lists of others. Those are what scanners scan. */
  readonly imageCount: number;
  /** Those pushed since the start of the period. */
  readonly pushedImages: number;
  /** Images whose layers ECR does not tell: they count with their whole size, as if they shared none. */
  readonly unsharedImages: number;
}

/** BatchGetImage's limit. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
const batchSize = 100;

const mediaTypes = [
  ...manifestListTypes,
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
];

type Detail = ImageDetail & { readonly imageDigest: string; readonly imagePushedAt: Date };

/** What to measure of a repository. */
export interface Measurement {
  /**
   * Whether to read manifests, which tell the layers that images share. ECR records that as a pull of each image.
   *
   * @see https://github.com/aws/containers-roadmap/issues/2390 BatchGetImage updates lastRecordedPullTime
   */
  readonly layers: boolean;
  /** Start of the period in which pushes are counted. */
  readonly since: Date;
}

/**
 * Measure a repository. With `layers`, each of its blobs is counted once, and else every image with its whole size. Images are
 * read in batches; of their manifests only the digests of other images and numbers for the blobs are kept.
 *
 * @param progress is called with the number of images read so far
 * @throws Error of the SDK, also when the repository does not exist
 */
export async function measureRepository(
  client: ECRClient,
  repository: RepositoryId,
  { layers, since }: Measurement,
  progress: (images: number) => void = () => {},
): Promise<MeasuredRepository> {
  const storage = new RepositoryStorage();
  const images: MeasuredImage[] = [];
  let unsharedImages = 0;
  const measure = async (batch: readonly Detail[]) => {
    const manifests = layers ? await manifestsOf(client, repository, batch) : new Map<string, string>();
    for (const detail of batch) {
      const manifest = manifests.get(detail.imageDigest);
      const blobs = isList(detail) ? [] : manifest === undefined ? undefined : blobsIn(manifest);
      if (blobs === undefined) unsharedImages++;
      const stored = storage.add(blobs ?? [wholeImage(detail)], detail.imagePushedAt);
      images.push({ ...essentials(detail), ...referencesIn(manifest), blobs: stored });
    }
    progress(images.length);
  };
  let batch: Detail[] = [];
  for await (const detail of listedImages(client, repository)) {
    const { imageDigest, imagePushedAt } = detail;
    if (imageDigest === undefined || imagePushedAt === undefined) continue;
    batch.push({ ...detail, imageDigest, imagePushedAt });
    if (batch.length < batchSize) continue;
    await measure(batch);
    batch = [];
  }
  await measure(batch);
  const scannable = images.filter((image) => !isList(image));
  return {
    ...{ storage, images, unsharedImages, imageCount: scannable.length },
    pushedImages: scannable.filter(({ imagePushedAt }) => imagePushedAt >= since).length,
  };
}

const wholeImage = ({ imageDigest, imageSizeInBytes = 0 }: Detail): Blob => ({
  digest: imageDigest,
  size: imageSizeInBytes,
});

/** The manifests by digest. An archived image cannot be pulled, and another can be deleted in the meantime. */
async function manifestsOf(client: ECRClient, repository: RepositoryId, details: readonly Detail[]) {
  const manifests = new Map<string, string>();
  const readable = details.filter(({ imageStatus }) => imageStatus !== "ARCHIVED");
  if (readable.length === 0) return manifests;
  const { images = [] } = await client.send(
    new BatchGetImageCommand({
      registryId: repository.registryId,
      repositoryName: repository.repositoryName,
      imageIds: readable.map(({ imageDigest }) => ({ imageDigest })),
      acceptedMediaTypes: mediaTypes,
    }),
  );
  for (const { imageId, imageManifest } of images)
    if (imageId?.imageDigest !== undefined && imageManifest !== undefined)
      manifests.set(imageId.imageDigest, imageManifest);
  return manifests;
}

/** What the simulator of lifecycle policies needs of an image. */
function essentials(detail: Detail): ImageInput {
  const { imageDigest, imagePushedAt, imageTags, lastRecordedPullTime, lastArchivedAt, lastActivatedAt } =
    detail;
  return {
    ...{ imageDigest, imagePushedAt, imageTags, lastRecordedPullTime, lastArchivedAt, lastActivatedAt },
    ...{ imageStatus: detail.imageStatus, imageManifestMediaType: detail.imageManifestMediaType },
    ...(detail.subjectManifestDigest !== undefined && { subject: detail.subjectManifestDigest }),
  };
}

function referencesIn(manifest: string | undefined): Pick<ImageInput, "references" | "subject"> {
  if (manifest === undefined) return {};
  const { manifests, subject } = JSON.parse(manifest) as {
    manifests?: readonly { digest: string }[];
    subject?: { digest: string };
  };
  return {
    ...(manifests && { references: manifests.map(({ digest }) => digest) }),
    ...(subject && { subject: subject.digest }),
  };
}
