import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document";

export interface StateBucketModuleProps {
  readonly bucket: string;
  readonly partition: string;
  /** ARN of the KMS key that encrypts the objects. @default - SSE-S3 */
  readonly kmsKeyArn?: string | undefined;
  /** Further statements of the bucket's policy. @default - principals of the account alone */
  readonly statements?: readonly Statement[];
  /** Days that an overwritten state can be restored. */
  readonly noncurrentVersionDays: number;
  /**
   * Whether to write that uploads with customer-provided keys (SSE-C) are blocked. S3 blocks them in every new bucket, so
   * a provider that knows the argument finds a difference in every plan if it is missing. One that does not know it
   * rejects it.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-s3-c-encryption-setting-faq.html
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/47320
   */
  readonly blockCustomerProvidedKeys: boolean;
}

/**
 * A bucket for Terraform state: versioned, encrypted, private, accessible over TLS only, and never destroyed by
 * Terraform.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export class StateBucketModule extends Construct {
  readonly bucket: S3Bucket;

  constructor(scope: Construct, id: string, props: StateBucketModuleProps) {
    super(scope, id);
    const { partition, kmsKeyArn, noncurrentVersionDays } = props;
    this.bucket = new S3Bucket(this, "bucket", {
      bucket: props.bucket,
      lifecycle: { preventDestroy: true },
    });
    const bucket = this.bucket.id;
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault:
            kmsKeyArn === undefined
              ? { sseAlgorithm: "AES256" }
              : { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
          bucketKeyEnabled: kmsKeyArn !== undefined,
          ...(props.blockCustomerProvidedKeys && { blockedEncryptionTypes: ["SSE-C"] }),
        },
      ],
    });
    const publicAccess = new S3BucketPublicAccessBlock(this, "public_access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      dependsOn: [versioning],
      rule: [
        {
          id: "expire-noncurrent-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: noncurrentVersionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
    const arn = `arn:${partition}:s3:::${props.bucket}`;
    new S3BucketPolicy(this, "policy", {
      bucket,
      // S3 rejects a bucket policy while it applies the public access block.
      dependsOn: [publicAccess],
      policy: policyDocument([
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:*"],
          Resource: [arn, `${arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        ...(props.statements ?? []),
      ]),
    });
  }
}
