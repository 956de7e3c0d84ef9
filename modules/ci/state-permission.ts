import { allow, type Statement } from "../iam/policy-document";
import { viaService } from "../iam/via-service";

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
 * Permissions on Terraform states: `read` covers reading them, `write` also writing and locking them. The lock is an
 * object next to the state. No other object in the bucket is accessible.
 *
 * A plan takes no lock, so a role that only plans gets no access to locks: it could otherwise remove the lock of a
 * deployment that is running.
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
    ...(access === "read"
      ? []
      : [allow("LockStates", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], locks)]),
    ...(kmsKeyArn === undefined
      ? []
      : [
          {
            Sid: "DecryptStates",
            Effect: "Allow",
            Action: access === "read" ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: kmsKeyArn,
            Condition: { StringEquals: { "kms:ViaService": viaService("s3", region) } },
          } as const,
        ]),
  ];
}
