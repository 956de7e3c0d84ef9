import {
  currentValue,
  isReplaced,
  type LossContext,
  type LossExplanation,
  type LossRule,
  lossReasons,
} from "./loss-rule";
import { explainPublicRepository, explainRepository } from "./repository-loss";
import type { ResourceChange } from "./terraform-plan";

/**
 * Resource types with content that no apply can restore, each with the rule that explains its loss. With deletion
 * protection, a deploy stops before it destroys or replaces one.
 */
export const protectedTypes: Readonly<Record<string, LossRule>> = {
  aws_ecr_repository: explainRepository,
  aws_ecrpublic_repository: explainPublicRepository,
  aws_efs_file_system: explainFileSystem,
  aws_kms_key: explainKey,
  aws_s3_bucket: explainBucket,
  aws_secretsmanager_secret: explainSecret,
  aws_signer_signing_profile: explainSigningProfile,
};

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
function explainKey(change: ResourceChange): LossExplanation {
  return {
    name: String(currentValue(change, "description") || currentValue(change, "key_id")),
    sentences: [
      ...lossReasons(change),
      "Everything encrypted with it, such as images, logs and secrets, becomes unreadable immediately.",
      ...(isReplaced(change) ? ["The new key cannot decrypt what the old one encrypted."] : []),
      `KMS deletes the key after ${daysOf(change, "deletion_window_in_days")}; until then you can cancel the deletion in KMS.`,
    ],
  };
}

/** @see https://docs.aws.amazon.com/efs/latest/ug/delete-efs-fs.html */
function explainFileSystem(change: ResourceChange): LossExplanation {
  return {
    name: String(currentValue(change, "name") || currentValue(change, "creation_token")),
    sentences: [
      ...lossReasons(change),
      "All its files are deleted with it. Backups of AWS Backup, if there are any, stay until they expire.",
      ...(isReplaced(change) ? ["The new file system is empty."] : []),
    ],
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html */
function explainBucket(change: ResourceChange, { stateBucket }: LossContext): LossExplanation {
  const name = String(currentValue(change, "bucket"));
  return {
    name,
    sentences: [
      ...lossReasons(change),
      name === stateBucket
        ? "It holds the state of the environment's stacks, without which Terraform no longer tracks their resources."
        : "Its objects are deleted with it.",
      currentValue(change, "force_destroy") === true
        ? "force_destroy is deployed: Terraform deletes all its objects first."
        : "While it holds objects, S3 refuses with BucketNotEmpty, and the deploy fails.",
    ],
  };
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html */
function explainSecret(change: ResourceChange): LossExplanation {
  return {
    name: String(currentValue(change, "name")),
    sentences: [
      ...lossReasons(change),
      currentValue(change, "recovery_window_in_days") === 0
        ? "Its value is deleted immediately and cannot be restored."
        : `Its value can no longer be read. You can restore it for ${daysOf(change, "recovery_window_in_days")}; then it is deleted permanently.`,
    ],
  };
}

/** @see https://docs.aws.amazon.com/signer/latest/api/API_CancelSigningProfile.html */
function explainSigningProfile(change: ResourceChange): LossExplanation {
  return {
    name: String(currentValue(change, "name")),
    sentences: [
      ...lossReasons(change),
      "AWS Signer cancels it: no one can sign with it again, and AWS deletes it two years later. Signatures that exist stay valid.",
      ...(isReplaced(change)
        ? ["Signatures of the new profile have another version ARN, which trust policies may not know."]
        : []),
    ],
  };
}

/** A waiting period as text. AWS's default is 30 days, for keys as well as secrets. */
function daysOf(change: ResourceChange, attribute: string): string {
  const days = currentValue(change, attribute) ?? "default";
  return days === "default" ? "30 days (the default)" : `${days} days`;
}
