import { valueAt } from "../../../modules/values/value-at";
import { subjectExists } from "../policy-subject";
import { effectOf, isUnknown } from "../terraform-plan";
import type { WeakeningRule } from "../weakening";
import { lowered, weaker } from "../weaker-attribute";
import { lifecycleRule } from "../weaker-document";
import { settingLost } from "./bucket-setting";
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
    // SQS keeps messages for four days: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    aws_sqs_queue: [lowered(["message_retention_seconds"], "older messages are deleted", { unset: 345_600 })],
  },
};

/**
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export const versioning: Gate = {
  severity: "blocked",
  stops:
    "A bucket no longer keeps older versions of objects, or for a shorter time, or a file system is no longer backed up",
  rules: {
    aws_s3_bucket_versioning: [
      weaker(
        ["versioning_configuration", 0, "status"],
        ["Enabled", "Suspended", "Disabled"],
        "overwritten objects cannot be restored",
      ),
      // Terraform suspends it: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/s3_bucket_versioning
      settingLost("overwritten objects cannot be restored"),
    ],
    aws_s3_bucket_lifecycle_configuration: [versionsExpireEarlier],
    // https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html
    aws_efs_backup_policy: [
      weaker(
        ["backup_policy", 0, "status"],
        ["ENABLED", "DISABLED"],
        "AWS Backup makes no new backups, and the last one expires",
      ),
    ],
  },
};

/** Any rule can be the first to delete a version. Without one, versions are kept for ever. A new bucket has none. */
function versionsExpireEarlier(...[change, { plan }]: Parameters<WeakeningRule>): readonly string[] {
  if (isUnknown(change, ["rule"])) return [];
  if (effectOf(change) === "create" && !subjectExists(change, plan)) return [];
  const [before, after] = [change.change.before, change.change.after].map((values) => {
    const rules = [valueAt(values, ["rule"]) ?? []].flat();
    const days = rules
      .filter((rule) => valueAt(rule, ["status"]) !== "Disabled")
      .flatMap((rule) => {
        const found = valueAt(rule, ["noncurrent_version_expiration", 0, "noncurrent_days"]);
        return found === undefined || found === null ? [] : [Number(found)];
      });
    return days.length === 0 ? undefined : Math.min(...days);
  });
  if (after === undefined || (before !== undefined && before <= after)) return [];
  const earlier = before === undefined ? "never" : `after ${before} days`;
  return [
    `noncurrent versions expire: ${earlier} -> after ${after} days; older versions of objects are deleted`,
  ];
}

/** A resource whose content goes with it, also when another one replaces it. */
function contentLost(meaning: string): WeakeningRule {
  return ({ change: { actions } }) =>
    actions.includes("delete")
      ? [`is ${actions.includes("create") ? "replaced" : "destroyed"}; ${meaning}`]
      : [];
}
