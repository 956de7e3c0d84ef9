import { BatchDeleteImageCommand, DescribeImagesCommand } from "@aws-sdk/client-ecr";
import type { RepositoryPlace } from "../replication/copy/copy-place";
import { manifestOf, putImage } from "../replication/copy/image-copy";
import type { TaggedImage } from "./protection-plan";

/**
 * Add a tag to an image: put its manifest again, byte for byte, under the tag.
 *
 * @returns why it was not done
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-retag.html
 */
export async function addTag(
  place: RepositoryPlace,
  { imageDigest: digest, mediaType, tag }: TaggedImage,
  signal: AbortSignal,
): Promise<string | undefined> {
  const inPlace = { source: place, target: place, signal };
  const manifest = await manifestOf(inPlace, { digest, mediaType });
  const refused = await putImage(inPlace, { digest, mediaType, missingTags: [tag] }, manifest);
  return refused.length === 0 ? undefined : `the tag ${tag} is immutable and on another image`;
}

/**
 * Take a tag from an image that has another one.
 *
 * @returns why it was not done
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html without its last tag, an image is deleted
 */
export async function removeTag(
  { client, region: _, ...repository }: RepositoryPlace,
  { imageDigest, tag }: TaggedImage,
  signal: AbortSignal,
): Promise<string | undefined> {
  const imageIds = [{ imageDigest }];
  const { imageDetails = [] } = await client.send(new DescribeImagesCommand({ ...repository, imageIds }), {
    abortSignal: signal,
  });
  const { imageTags = [] } = imageDetails[0] ?? {};
  if (!imageTags.includes(tag)) return undefined;
  if (imageTags.length === 1) return `${tag} is its only tag now, and ECR would delete the image with it`;
  const { failures = [] } = await client.send(
    new BatchDeleteImageCommand({ ...repository, imageIds: [{ imageTag: tag }] }),
    { abortSignal: signal },
  );
  return failures[0]?.failureReason;
}
