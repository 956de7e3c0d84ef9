import { type Gate, lossOf } from "./gate";

export const keyLoss: Gate = {
  severity: "blocked",
  stops: "A KMS key or a signing profile is destroyed or replaced",
  find: lossOf(["aws_kms_key", "aws_signer_signing_profile"]),
};

export const bucketLoss: Gate = {
  severity: "blocked",
  stops: "An S3 bucket is destroyed or replaced",
  find: lossOf(["aws_s3_bucket"]),
};

export const fileSystemLoss: Gate = {
  severity: "blocked",
  stops: "A file system of Amazon EFS is destroyed or replaced",
  find: lossOf(["aws_efs_file_system"]),
};

export const secretLoss: Gate = {
  severity: "blocked",
  stops: "A secret is destroyed or replaced",
  find: lossOf(["aws_secretsmanager_secret"]),
};
