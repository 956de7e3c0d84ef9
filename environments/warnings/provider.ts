import { partitionOf } from "../../modules/iam/aws-partition";
import type { Environment } from "../plan/environment";
import { atLeast, contextKey, has } from "../plan/provider-version";
import type { Warning } from "./warning";

/**
 * Since 6.23.0, the AWS provider creates a bucket together with its tags, which S3 refused outside the commercial Regions
 * (`UnsupportedArgument`). Since 6.29.0, it tags the bucket afterward if S3 refuses. Every resource here has tags.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/45566
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/45784
 */
export function providerWarnings({ state }: Environment, version: string): Warning[] {
  if (state.backend !== "s3" || !state.createBucket || partitionOf(state.region) === "aws") return [];
  if (!atLeast(version, "6.23.0") || has(version, "bucketTagsAfterward")) return [];
  return [
    {
      warning: "bucket-tags-refused",
      path: ["state", "bucket"],
      text: `AWS provider ${version} creates buckets together with their tags, which S3 may refuse in ${state.region} (UnsupportedArgument). Set ${contextKey} to 6.29.0 or later for the first deployment of the bootstrap.`,
    },
  ];
}
