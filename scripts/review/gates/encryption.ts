import { valueAt } from "../../../modules/values/value-at";
import { isUnknown } from "../terraform-plan";
import type { WeakeningRule, Weakness } from "../weakening";
import { changesInPlace, removed, turnedOff, weaker } from "../weaker-attribute";
import { settingLost } from "./bucket-setting";
import { encryptionInTransit } from "./encryption-in-transit";
import type { Gate } from "./gate";

const lostFunctionKey = removed(
  ["kms_key_arn"],
  "Lambda encrypts its environment variables with an AWS managed key",
);

/** What is encrypted at creation, such as a repository, is replaced instead: see the gate `repository-loss`. */
export const encryption: Gate = {
  severity: "blocked",
  stops:
    "New data or requests are encrypted with a weaker key, with an older version of TLS or not at all, or a KMS key is disabled",
  rules: {
    ...encryptionInTransit,
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
    aws_ecr_repository_creation_template: [
      weaker(
        ["encryption_configuration", 0, "encryption_type"],
        ["KMS_DSSE", "KMS", "AES256"],
        "in new repositories",
        "AES256",
      ),
    ],
    // https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html
    aws_kms_key: [
      turnedOff(
        ["is_enabled"],
        "nothing can be encrypted or decrypted with it until it is enabled again",
        true,
      ),
    ],
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
    aws_secretsmanager_secret: [removed(["kms_key_id"], "the AWS managed key encrypts it")],
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    aws_cloudwatch_log_group: [
      removed(["kms_key_id"], "new log events are no longer encrypted with a customer managed key"),
    ],
    // https://docs.aws.amazon.com/sns/latest/dg/sns-data-encryption.html
    aws_sns_topic: [removed(["kms_master_key_id"], "messages are no longer encrypted with a KMS key")],
    aws_sqs_queue: [weakerQueue],
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
    aws_lambda_function: [functionKey],
    // https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
    aws_scheduler_schedule: [removed(["kms_key_arn"], "an AWS owned key encrypts it")],
    // https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
    aws_launch_template: [plainDisk],
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
    aws_s3_bucket_server_side_encryption_configuration: [
      weaker(
        ["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"],
        ["aws:kms:dsse", "aws:kms", "AES256"],
        "new objects are encrypted with a weaker key",
        "AES256",
      ),
      // Without a setting: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html
      (change, context) => (isKms(change.change.before) ? bucketDefault(change, context) : []),
    ],
  },
};

/** A function that no longer has secrets needs no key, so this is no reason to wait. */
function functionKey(...change: Parameters<WeakeningRule>): Weakness[] {
  return lostFunctionKey(...change).map((text) => ({ text: String(text), severity: "risky" }));
}

/** The provider has `encrypted` as a text. */
function plainDisk(...[change]: Parameters<WeakeningRule>): readonly string[] {
  if (!changesInPlace(change) || isUnknown(change, ["block_device_mappings"])) return [];
  const [before, after] = [change.change.before, change.change.after].map((values) =>
    [valueAt(values, ["block_device_mappings"]) ?? []]
      .flat()
      .filter((disk) => String(valueAt(disk, ["ebs", 0, "encrypted"])) === "true")
      .map((disk) => valueAt(disk, ["device_name"])),
  );
  const lost = (before ?? []).filter((device) => !after?.includes(device));
  return lost.map((device) => `the disk ${String(device)} of new nodes is no longer encrypted`);
}

const bucketDefault = settingLost("S3 encrypts new objects with keys of its own");

const isKms = (values: unknown): boolean =>
  /^aws:kms/.test(
    String(valueAt(values, ["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"])),
  );

/**
 * A queue has a KMS key, or SSE-SQS, which is the default, or neither.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
 */
function weakerQueue(...[change]: Parameters<WeakeningRule>): readonly string[] {
  if (!changesInPlace(change) || isUnknown(change, ["kms_master_key_id"])) return [];
  const [before, after] = [change.change.before, change.change.after].map((values) => {
    if ((valueAt(values, ["kms_master_key_id"]) ?? "") !== "") return 2;
    return valueAt(values, ["sqs_managed_sse_enabled"]) === false ? 0 : 1;
  });
  if (before === undefined || after === undefined || after >= before) return [];
  return after === 0
    ? ["messages are no longer encrypted"]
    : ["messages are encrypted with keys of SQS instead of a KMS key"];
}
