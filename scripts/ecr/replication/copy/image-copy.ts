import { BatchGetImageCommand, PutImageCommand } from "@aws-sdk/client-ecr";
import { manifestDigest, partsIn } from "../../../../modules/ecr/replication/image-manifest";
import type { LackingImage } from "../../../../modules/ecr/replication/replica-comparison";
import type { CopyPlace } from "./copy-place";
import { copyLayers } from "./layer-copy";

/** Receives what a copy has done. */
export interface CopyProgress {
  /** A part of a layer was uploaded. */
  bytes(count: number): void;
  /** An image is done, whether it was copied or failed. */
  image(): void;
}

/**
 * Copy images to a replica through the ECR API: first their layers, then the images of lists, then the manifests, byte for
 * byte, with their tags. What the replica has by now is not copied again. An image that cannot be copied stops no other.
 *
 * @returns why images were not copied, one line each
 * @throws Error when the signal stops the copy
 */
export async function copyImages(
  place: CopyPlace,
  lacking: readonly LackingImage[],
  progress: CopyProgress,
): Promise<string[]> {
  const problems: string[] = [];
  const byDigest = new Map(lacking.map((image) => [image.digest, image]));
  const visited = new Set<string>();
  const failed = new Set<string>();

  const copy = async (image: LackingImage): Promise<void> => {
    if (visited.has(image.digest)) return;
    visited.add(image.digest);
    try {
      const manifest = await manifestOf(place, image);
      const { blobs, images, subject } = partsIn(manifest);
      if (image.lack !== "tags") {
        for (const digest of subject === undefined ? images : [...images, subject]) {
          const needed = byDigest.get(digest);
          if (needed !== undefined) await copy(needed);
        }
        const failedImage = images.find((digest) => failed.has(digest));
        if (failedImage !== undefined) throw new Error(`its image ${failedImage} was not copied`);
        await copyLayers(place, blobs, progress.bytes);
      }
      for (const tag of await putImage(place, image, manifest)) problems.push(tagProblem(image, tag));
    } catch (error) {
      if (place.signal.aborted) throw error;
      failed.add(image.digest);
      problems.push(problem(image, errorText(error as Error)));
    }
    progress.image();
  };
  const problem = ({ digest }: LackingImage, text: string) =>
    `${place.target.repositoryName}@${digest} was not copied to account ${place.target.registryId}, ${place.target.region}: ${text}`;
  const tagProblem = ({ digest }: LackingImage, tag: string) =>
    `${place.target.repositoryName}@${digest} was copied to account ${place.target.registryId}, ${place.target.region} without the tag ${tag}, which is immutable there and on another image; remove it from that image, then run this again`;
  for (const image of lacking) await copy(image);
  return problems;
}

const errorText = ({ name, message }: Error): string =>
  name === "Error" ? message : `${name}: ${message.replace(/\s+/g, " ")}`;

/** The manifest of an image in the source, in the format in which it was pushed. @throws Error when it has another digest */
export async function manifestOf(
  { source: { client, region: _, ...repository }, signal }: CopyPlace,
  { digest, mediaType }: Pick<LackingImage, "digest" | "mediaType">,
): Promise<string> {
  const { images: [image] = [], failures: [failure] = [] } = await client.send(
    new BatchGetImageCommand({
      ...repository,
      imageIds: [{ imageDigest: digest }],
      ...(mediaType !== undefined && { acceptedMediaTypes: [mediaType] }),
    }),
    { abortSignal: signal },
  );
  const manifest = image?.imageManifest;
  if (manifest === undefined)
    throw new Error(
      `ECR returns no manifest: ${failure?.failureReason ?? failure?.failureCode ?? "no reason"}`,
    );
  const found = manifestDigest(manifest);
  if (found !== digest) throw new Error(`its manifest arrived with the digest ${found}`);
  return manifest;
}

/**
 * Put a manifest with each of the tags that the replica lacks.
 *
 * @returns which tags the replica keeps on other images, because they are immutable
 */
export async function putImage(
  { target: { client, region: _, ...repository }, signal }: CopyPlace,
  { digest, mediaType, missingTags }: Pick<LackingImage, "digest" | "mediaType" | "missingTags">,
  imageManifest: string,
): Promise<string[]> {
  const put = (imageTag?: string) =>
    client
      .send(
        new PutImageCommand({
          ...repository,
          ...{ imageManifest, imageDigest: digest },
          ...(mediaType !== undefined && { imageManifestMediaType: mediaType }),
          ...(imageTag !== undefined && { imageTag }),
        }),
        { abortSignal: signal },
      )
      .catch((error: Error) => {
        if (error.name !== "ImageAlreadyExistsException") throw error;
      });
  const refused: string[] = [];
  let isThere = false;
  for (const tag of missingTags)
    try {
      await put(tag);
      isThere = true;
    } catch (error) {
      if ((error as Error).name !== "ImageTagAlreadyExistsException") throw error;
      refused.push(tag);
    }
  if (!isThere) await put();
  return refused;
}
