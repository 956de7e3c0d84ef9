import { removed, turnedOff, weaker } from "../weaker-attribute";
import type { Gate } from "./gate";

const strongestFirst = ["KMS_DSSE", "KMS", "AES256"];

/** What is encrypted at creation, such as a repository, is replaced instead: see the gate `repository-loss`. */
export const encryption: Gate = {
  severity: "blocked",
  stops: "New data is encrypted with a weaker key or not at all, or a KMS key is disabled",
  rules: {
    aws_ecr_repository_creation_template: [
      weaker(["encryption_configuration", 0, "encryption_type"], strongestFirst, "in new repositories"),
    ],
    aws_kms_key: [turnedOff(["is_enabled"], "nothing can be decrypted with it")],
    aws_secretsmanager_secret: [removed(["kms_key_id"], "the AWS managed key encrypts it")],
    aws_cloudwatch_log_group: [
      removed(["kms_key_id"], "new log events are no longer encrypted with a customer managed key"),
    ],
    aws_sns_topic: [removed(["kms_master_key_id"], "messages are no longer encrypted")],
    aws_sqs_queue: [turnedOff(["sqs_managed_sse_enabled"], "messages are no longer encrypted")],
  },
};
