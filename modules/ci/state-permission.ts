import { serviceDomain } from "../iam/aws-partition";
import type { Statement } from "../iam/policy-document";

/** Where the states of an environment lie in S3. */
export interface StateStorage {
  readonly partition: string;
  readonly bucket: string;
  /** Region of the bucket. */
  readonly region: string;
  /** Keys of the states, e.g. `myproject/security-dev/terraform.tfstate`. */
  readonly keys: readonly string[];
  /** Key that encrypts the states. `undefined`: S3 does so by itself. */
  readonly kmsKeyArn: string | undefined;
}

/**
 * What Terraform needs on its states: to read them and to hold their locks, or to write them too. The lock is an object
 * beside the state. No other object of the bucket is within reach.
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
            // A lock is encrypted too, so that whoever only reads the states also needs a data key.
            Action: ["kms:Decrypt", "kms:GenerateDataKey"],
            Resource: kmsKeyArn,
            Condition: { StringEquals: { "kms:ViaService": `s3.${region}.${serviceDomain(region)}` } },
          } as const,
        ]),
  ];
}
