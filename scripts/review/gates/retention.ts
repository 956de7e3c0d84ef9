import type { WeakeningRule } from "../weakening";
import { lowered, weaker } from "../weaker-attribute";
import { lifecycleRule } from "../weaker-document";
import type { Gate } from "./gate";

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html */
export const imageRetention: Gate = {
  severity: "blocked",
  stops: "A lifecycle policy may remove or archive images that are kept now",
  rules: {
    aws_ecr_lifecycle_policy: [lifecycleRule(["policy"])],
    aws_ecr_repository_creation_template: [lifecycleRule(["lifecycle_policy"])],
  },
};

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logRetention: Gate = {
  severity: "blocked",
  stops: "Log events or messages are kept for a shorter time, or a log group is destroyed or replaced",
  rules: {
    aws_cloudwatch_log_group: [
      lowered(["retention_in_days"], "older log events are deleted", { unset: 0, unlimited: 0 }),
      contentLost("its log events are deleted"),
    ],
    aws_sqs_queue: [lowered(["message_retention_seconds"], "older messages are deleted")],
  },
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html */
export const versioning: Gate = {
  severity: "blocked",
  stops: "A bucket no longer keeps older versions of objects, or for a shorter time",
  rules: {
    aws_s3_bucket_versioning: [
      weaker(
        ["versioning_configuration", 0, "status"],
        ["Enabled", "Suspended", "Disabled"],
        "overwritten objects cannot be restored",
      ),
    ],
    aws_s3_bucket_lifecycle_configuration: [
      lowered(
        ["rule", 0, "noncurrent_version_expiration", 0, "noncurrent_days"],
        "older versions of objects are deleted",
      ),
    ],
  },
};

/** A resource whose content goes with it, also when another one replaces it. */
function contentLost(meaning: string): WeakeningRule {
  return ({ change: { actions } }) =>
    actions.includes("delete")
      ? [`is ${actions.includes("create") ? "replaced" : "destroyed"}; ${meaning}`]
      : [];
}
