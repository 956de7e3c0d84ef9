import type { ImageFailure } from "@aws-sdk/client-ecr";

/**
 * Why BatchGetImage does not return an image, e.g. because its KMS key is disabled, as an error that is named after its code.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageFailure.html
 */
export function imageFailure({ failureCode, failureReason, imageId }: ImageFailure = {}): Error {
  const of = imageId?.imageDigest ?? imageId?.imageTag;
  const reason = failureReason ?? "ECR returned no image";
  const error = new Error(of === undefined ? reason : `${of}: ${reason}`);
  error.name = failureCode ?? "NoAnswer";
  return error;
}
