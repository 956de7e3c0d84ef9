import { BatchGetImageCommand, GetDownloadUrlForLayerCommand, type Image } from "@aws-sdk/client-ecr";
import { mediaTypes, platformsIn } from "../image/found-image";
import type { ImageRow } from "./image-row";
import { inBatches, inParallel } from "./in-parallel";
import type { RepositoryReader } from "./repository-reader";

/** BatchGetImage's limit. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
const batchSize = 100;

/**
 * The rows with their platforms: of a list those of its images, of an image that of its configuration.
 *
 * ECR counts this as a pull of each image: lastRecordedPullTime, and lifecycle rules that go by it, see them as used now. So
 * `images` does it only when asked to. Archived images cannot be read, and have none.
 *
 * @see https://github.com/aws/containers-roadmap/issues/2390
 */
export async function* withPlatforms(
  reader: RepositoryReader,
  rows: AsyncIterable<ImageRow>,
): AsyncGenerator<ImageRow> {
  for await (const batch of inBatches(rows, batchSize)) {
    const found = await manifestsOf(reader, batch);
    async function* each() {
      yield* batch;
    }
    yield* inParallel(each(), async (row) => ({
      ...row,
      platforms: await platformsOf(reader, row, found.get(row.digest)),
    }));
  }
}

async function manifestsOf(reader: RepositoryReader, rows: readonly ImageRow[]): Promise<Map<string, Image>> {
  const imageIds = rows
    .filter(({ status, kind }) => status === "ACTIVE" && kind !== "referrer")
    .map(({ digest: imageDigest }) => ({ imageDigest }));
  if (imageIds.length === 0) return new Map();
  const { images = [] } = await reader.ask((client, options) =>
    client.send(
      new BatchGetImageCommand({ ...reader.id, imageIds, acceptedMediaTypes: [...mediaTypes] }),
      options,
    ),
  );
  return new Map(images.map((image) => [image.imageId?.imageDigest ?? "", image]));
}

/** Types of configurations that name a platform. https://github.com/opencontainers/image-spec/blob/main/config.md */
const imageConfigs: readonly string[] = [
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.docker.container.image.v1+json",
];

/** The platforms of an image whose manifest was read; none if they cannot be told. */
export async function platformsOf(
  reader: RepositoryReader,
  row: Pick<ImageRow, "digest" | "kind">,
  image: Image | undefined,
): Promise<string[]> {
  if (image === undefined) return [];
  const { imageManifest = "{}" } = image;
  if (row.kind === "list")
    return [...new Set(platformsIn(imageManifest, row.digest).map(({ name }) => name))].toSorted();
  const { config } = JSON.parse(imageManifest) as { config?: { mediaType?: string; digest?: string } };
  if (config?.digest === undefined || !imageConfigs.includes(config.mediaType ?? "")) return [];
  const { os, architecture, variant } = await configOf(reader, config.digest);
  const name = [os, architecture, variant].filter(Boolean).join("/");
  return name === "" ? [] : [name];
}

interface Configuration {
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
}

/** The configuration of an image, which ECR keeps as a layer; nothing if ECR cannot give it. One image must not end a list. */
function configOf(reader: RepositoryReader, layerDigest: string): Promise<Configuration> {
  return reader.ask(async (client, options) => {
    const request = new GetDownloadUrlForLayerCommand({ ...reader.id, layerDigest });
    const { downloadUrl } = await client.send(request, options).catch((error: Error) => {
      if (unavailable.includes(error.name)) return { downloadUrl: undefined };
      throw error;
    });
    if (downloadUrl === undefined) return {};
    const response = await fetch(downloadUrl, { signal: options.abortSignal });
    if (!response.ok) throw new Error(`HTTP ${response.status} for the configuration ${layerDigest}`);
    return (await response.json()) as Configuration;
  });
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetDownloadUrlForLayer.html#API_GetDownloadUrlForLayer_Errors */
const unavailable: readonly string[] = ["LayersNotFoundException", "LayerInaccessibleException"];
