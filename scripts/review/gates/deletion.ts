import { lowered, turnedOff, turnedOn } from "../weaker-attribute";
import type { Gate } from "./gate";

const keyWindow = [lowered(["deletion_window_in_days"], "less time to cancel a deletion", { unset: 30 })];

/**
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html
 */
export const deletionWindow: Gate = {
  severity: "risky",
  stops: "A deleted key or secret can be restored for a shorter time",
  rules: {
    aws_kms_key: keyWindow,
    aws_kms_replica_key: keyWindow,
    aws_secretsmanager_secret: [
      lowered(["recovery_window_in_days"], "less time to restore a deleted secret", { unset: 30 }),
    ],
  },
};

/**
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html `force`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html
 */
export const deletionGuard: Gate = {
  severity: "risky",
  stops: "Something with content, a load balancer or a cluster can be deleted, which AWS refused so far",
  rules: {
    aws_ecr_repository: [turnedOn(["force_delete"], "deleting the repository also deletes its images")],
    aws_s3_bucket: [turnedOn(["force_destroy"], "deleting the bucket also deletes its objects")],
    aws_lb: [turnedOff(["enable_deletion_protection"], "the load balancer can be deleted")],
    aws_eks_cluster: [turnedOff(["deletion_protection"], "the cluster can be deleted")],
  },
};
