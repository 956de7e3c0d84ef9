import { turnedOff, weaker } from "../weaker-attribute";
import { settingLost } from "./bucket-setting";
import type { Gate } from "./gate";

const opened = "S3 no longer blocks public access to the bucket";
const listed = "access control lists of the bucket and its objects count again";

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export const publicAccess: Gate = {
  severity: "blocked",
  stops:
    "A policy allows something to everyone without a condition, or S3 or Secrets Manager no longer blocks public access",
  rules: {
    aws_s3_bucket_public_access_block: [
      ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map(
        (attribute) => turnedOff([attribute], opened),
      ),
      settingLost(opened),
    ],
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
    aws_s3_bucket_ownership_controls: [
      ...["BucketOwnerPreferred", "ObjectWriter"].map((weak) =>
        weaker(["rule", 0, "object_ownership"], ["BucketOwnerEnforced", weak], listed),
      ),
    ],
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
    aws_secretsmanager_secret_policy: [
      turnedOff(["block_public_policy"], "Secrets Manager no longer refuses a policy for everyone"),
    ],
  },
  find: ({ access }) => access.filter(({ isPublic }) => isPublic),
};
