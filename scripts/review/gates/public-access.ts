import { turnedOff } from "../weaker-attribute";
import { settingLost } from "./bucket-setting";
import type { Gate } from "./gate";

const opened = "S3 no longer blocks public access to the bucket";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export const publicAccess: Gate = {
  severity: "blocked",
  stops: "A policy allows something to everyone without a condition, or S3 no longer blocks public access",
  rules: {
    aws_s3_bucket_public_access_block: [
      ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map(
        (attribute) => turnedOff([attribute], opened),
      ),
      settingLost(opened),
    ],
  },
  find: ({ access }) => access.filter(({ isPublic }) => isPublic),
};
