import { createHash } from "node:crypto";
import {
  BatchCheckLayerAvailabilityCommand,
  CompleteLayerUploadCommand,
  GetDownloadUrlForLayerCommand,
  InitiateLayerUploadCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import type { CopyPlace, RepositoryPlace } from "./copy-place";
import { partsOf } from "./layer-parts";

/** Layers that one BatchCheckLayerAvailability call takes. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchCheckLayerAvailability.html */
const batchSize = 100;

/** Layers of an image that are copied at a time. Each holds one part in memory. */
const concurrency = 3;

/** How often a download is tried. The SDK repeats everything else. */
const attempts = 3;

/** Part size if ECR names none; a part has 5 to 10 MiB. https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
const defaultPartSize = 10 * 1024 * 1024;

/**
 * Copy the layers that the target does not have.
 *
 * @param onBytes receives the number of bytes of each part that was uploaded
 * @throws Error when a layer cannot be copied
 */
export async function copyLayers(
  { source, target, signal }: CopyPlace,
  digests: readonly string[],
  onBytes: (bytes: number) => void,
): Promise<void> {
  const missing = (await missingIn(target, digests, signal)).values();
  const work = async () => {
    for (const digest of missing) await copyLayer({ source, target, signal }, digest, onBytes);
  };
  const results = await Promise.allSettled(Array.from({ length: concurrency }, work));
  const failure = results.find((result) => result.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}

async function missingIn(
  { client, region: _, ...repository }: RepositoryPlace,
  digests: readonly string[],
  abortSignal: AbortSignal,
): Promise<string[]> {
  const available = new Set<string>();
  for (let start = 0; start < digests.length; start += batchSize) {
    const layerDigests = digests.slice(start, start + batchSize);
    const { layers = [] } = await client.send(
      new BatchCheckLayerAvailabilityCommand({ ...repository, layerDigests }),
      { abortSignal },
    );
    for (const { layerDigest = "", layerAvailability } of layers)
      if (layerAvailability === "AVAILABLE") available.add(layerDigest);
  }
  return digests.filter((digest) => !available.has(digest));
}

/** Copy one layer as a stream. Its digest is checked before the upload is completed. */
async function copyLayer(place: CopyPlace, digest: string, onBytes: (bytes: number) => void): Promise<void> {
  const { source, target, signal } = place;
  const { client, region: _, ...repository } = target;
  const { uploadId, partSize = defaultPartSize } = await client.send(
    new InitiateLayerUploadCommand(repository),
    { abortSignal: signal },
  );
  const hash = createHash("sha256");
  let partFirstByte = 0;
  for await (const layerPartBlob of partsOf(await download(source, digest, signal), partSize)) {
    hash.update(layerPartBlob);
    const partLastByte = partFirstByte + layerPartBlob.length - 1;
    await client.send(
      new UploadLayerPartCommand({ ...repository, uploadId, partFirstByte, partLastByte, layerPartBlob }),
      { abortSignal: signal },
    );
    partFirstByte = partLastByte + 1;
    onBytes(layerPartBlob.length);
  }
  const found = `sha256:${hash.digest("hex")}`;
  if (found !== digest) throw new Error(`its layer ${digest} arrived as ${found}, so it was not kept`);
  await client
    .send(new CompleteLayerUploadCommand({ ...repository, uploadId, layerDigests: [digest] }), {
      abortSignal: signal,
    })
    .catch((error: Error) => {
      // Another upload of the same layer was faster.
      if (error.name !== "LayerAlreadyExistsException") throw error;
    });
}

/** The bytes of a layer, which ECR keeps in S3 and gives for a signed URL. */
async function download(
  { client, region: _, ...repository }: RepositoryPlace,
  layerDigest: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  for (let attempt = 1; ; attempt++) {
    const { downloadUrl = "" } = await client.send(
      new GetDownloadUrlForLayerCommand({ ...repository, layerDigest }),
      { abortSignal: signal },
    );
    try {
      const response = await fetch(downloadUrl, { signal });
      if (response.ok && response.body !== null) return response.body;
      throw new Error(`its layer ${layerDigest} cannot be downloaded: HTTP status ${response.status}`);
    } catch (error) {
      if (signal.aborted || attempt === attempts) throw error;
    }
  }
}
