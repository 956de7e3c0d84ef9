import { serviceDomain } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";

/** Where an environment's Terraform states are stored in S3. */
export interface StateStorage {
  readonly partition: string;
  readonly bucket: string;
  /** Region of the bucket. */
  readonly region: string;
  /** Object keys of the states, e.g. `myproject/security-dev/terraform.tfstate`. */
  readonly keys: readonly string[];
  /** ARN of the KMS key that encrypts the states. `undefined`: SSE-S3. */
  readonly kmsKeyArn: string | undefined;
}

/**
 * Permissions on Terraform states: `read` covers reading and locking them, `write` also writing them. The lock is an
 * object next to the state. No other object in the bucket is accessible.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 */
export function statePermission(
  { partition, bucket, region, keys, kmsKeyArn }: StateStorage,
  access: "read" | "write",
): Statement[] {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const states = keys.toSorted().map((key) => `${arn}/${key}`);
  const locks = states.map((state) => `${state}.tflock`);
  return [
    { Sid: "FindStates", Effect: "Allow", Action: ["s3:ListBucket"], Resource: arn },
    {
      Sid: access === "read" ? "ReadStates" : "WriteStates",
      Effect: "Allow",
      Action: access === "read" ? ["s3:GetObject"] : ["s3:GetObject", "s3:PutObject"],
      Resource: states,
    },
    {
      Sid: "LockStates",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: locks,
    },
    ...(kmsKeyArn === undefined
      ? []
      : [
          {
            Sid: "DecryptStates",
            Effect: "Allow",
            // Locks are encrypted too, so a role that only reads the states also needs a data key.
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: kmsKeyArn,
            Condition: { StringEquals: { "kms:ViaService": `s3.${region}.${serviceDomain(region)}` } },
          } as const,
        ]),
  ];
}
