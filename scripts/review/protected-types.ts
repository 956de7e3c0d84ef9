import { before, type Explanation, type LossRule, type RuleContext, reasons, replaced } from "./loss-rule";
import { explainRepository } from "./repository-loss";
import type { ResourceChange } from "./terraform-plan";

/**
 * Resources that hold what no apply can bring back, each with the rule that explains its loss. In an environment with
 * deletion protection a deploy stops where one would be destroyed or replaced.
 */
export const protectedTypes: Readonly<Record<string, LossRule>> = {
  aws_ecr_repository: explainRepository,
  aws_kms_key: explainKey,
  aws_s3_bucket: explainBucket,
  aws_secretsmanager_secret: explainSecret,
};

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
function explainKey(change: ResourceChange): Explanation {
  const days = before(change, "deletion_window_in_days") ?? 30;
  return {
    name: String(before(change, "description") || before(change, "key_id")),
    sentences: [
      ...reasons(change),
      "Everything that it encrypted, such as images, logs and secrets, becomes unreadable at once.",
      ...(replaced(change) ? ["The new key cannot read what the old one encrypted."] : []),
      `KMS deletes the key after ${days} days; until then the deletion can be cancelled in KMS.`,
    ],
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html */
function explainBucket(change: ResourceChange, { stateBucket }: RuleContext): Explanation {
  const name = String(before(change, "bucket"));
  return {
    name,
    sentences: [
      ...reasons(change),
      name === stateBucket
        ? "It holds the state of the environment's stacks, without which Terraform no longer knows what it made."
        : "Its objects go with it.",
      before(change, "force_destroy") === true
        ? "S3 deletes it with everything in it."
        : "While it holds objects, S3 refuses with BucketNotEmpty, and the deploy ends there.",
    ],
  };
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html */
function explainSecret(change: ResourceChange): Explanation {
  const days = before(change, "recovery_window_in_days") ?? 30;
  return {
    name: String(before(change, "name")),
    sentences: [
      ...reasons(change),
      days === 0
        ? "Its value is gone at once and cannot be restored."
        : `Its value cannot be read any more; it can be restored for ${days} days, then it is gone.`,
    ],
  };
}
