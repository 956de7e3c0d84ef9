import { type ECRClient, type ImageDetail, paginateDescribeImages } from "@aws-sdk/client-ecr";
import type { RepositoryId } from "./image-input";

/** Images on one page, which is the most that DescribeImages returns. */
const pageSize = 1000;

/**
 * All images of a repository, archived ones too, page by page, so that a large repository is never in memory as a whole.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImagesFilter.html without a status, ECR lists
 *   active images only
 */
export async function* listedImages(
  client: ECRClient,
  { registryId, repositoryName }: RepositoryId,
  abortSignal?: AbortSignal,
): AsyncGenerator<ImageDetail> {
  const request = { registryId, repositoryName, filter: { imageStatus: "ANY" as const } };
  for await (const { imageDetails = [] } of paginateDescribeImages({ client, pageSize }, request, {
    abortSignal,
  }))
    yield* imageDetails;
}
