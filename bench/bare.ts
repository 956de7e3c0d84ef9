import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRegistryScanningConfiguration } from "@cdktf/provider-aws/lib/ecr-registry-scanning-configuration";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import {
  App,
  DataTerraformRemoteStateS3,
  LocalBackend,
  S3Backend,
  TerraformOutput,
  TerraformStack,
} from "cdktf";

/**
 * The baseline: `node build/bench/bare.js <repositories> <output folder>`. The same stacks written with CDKTF alone: no
 * validation, no modules, names and policies inline.
 */
const [, , count, outdir] = process.argv;
if (outdir === undefined) throw new Error("usage: bare.js <repositories> <output folder>");

const account = "123456789012";
const region = "us-east-1";
const prefix = "myproject-dev";
const stateBucket = `${prefix}-tfstate-${account}`;
const root = { AWS: `arn:aws:iam::${account}:root` };

const stateOf = (stack: string) => ({
  bucket: stateBucket,
  key: `myproject/${stack}/terraform.tfstate`,
  region,
  encrypt: true,
});

const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

function newStack(app: App, name: string, layer: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  new AwsProvider(stack, "aws", {
    region,
    allowedAccountIds: [account],
    defaultTags: [{ tags: { Project: "myproject", Environment: "dev", Layer: layer, ManagedBy: "cdktf" } }],
  });
  stack.addOverride("terraform.required_version", ">= 1.11.0");
  return stack;
}

function newStackWithState(app: App, name: string, layer: string): TerraformStack {
  const stack = newStack(app, name, layer);
  new S3Backend(stack, { ...stateOf(name), allowedAccountIds: [account] }).addOverride("use_lockfile", true);
  return stack;
}

function bootstrap(app: App): void {
  const stack = newStack(app, "bootstrap-dev", "bootstrap");
  new LocalBackend(stack, { path: "../../../.terraform-state/bootstrap-dev.tfstate" });
  const bucket = new S3Bucket(stack, "state", {
    bucket: stateBucket,
    lifecycle: { preventDestroy: true },
  }).id;
  const versioning = new S3BucketVersioningA(stack, "versioning", {
    bucket,
    versioningConfiguration: { status: "Enabled" },
  });
  new S3BucketServerSideEncryptionConfigurationA(stack, "encryption", {
    bucket,
    rule: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
        blockedEncryptionTypes: ["SSE-C"],
        bucketKeyEnabled: false,
      },
    ],
  });
  const publicAccess = new S3BucketPublicAccessBlock(stack, "public_access", {
    bucket,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(stack, "ownership", {
    bucket,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  new S3BucketLifecycleConfiguration(stack, "lifecycle", {
    bucket,
    dependsOn: [versioning],
    rule: [
      {
        id: "expire-noncurrent-versions",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrentVersionExpiration: [{ noncurrentDays: 90 }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      },
    ],
  });
  new S3BucketPolicy(stack, "policy", {
    bucket,
    dependsOn: [publicAccess],
    policy: policy({
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:*"],
      Resource: [`arn:aws:s3:::${stateBucket}`, `arn:aws:s3:::${stateBucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  });
  new TerraformOutput(stack, "state_bucket", {
    description: "Bucket that holds the Terraform state",
    value: stateBucket,
  });
}

const administration = {
  Sid: "Administration",
  Effect: "Allow",
  Principal: root,
  Action: [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:Delete*",
    "kms:Disable*",
    "kms:Enable*",
    "kms:Put*",
    "kms:RetireGrant",
    "kms:Revoke*",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:Update*",
  ],
  Resource: "*",
};

const reading = {
  Sid: "Reading",
  Effect: "Allow",
  Principal: root,
  Action: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:List*"],
  Resource: "*",
};

function security(app: App): void {
  const stack = newStackWithState(app, "security-dev", "security");
  const common = {
    enableKeyRotation: true,
    rotationPeriodInDays: 365,
    deletionWindowInDays: 30,
    lifecycle: { preventDestroy: false },
  };
  const ecr = new KmsKey(stack, "ecr", {
    ...common,
    description: "Container images of myproject dev",
    policy: policy(
      administration,
      {
        Sid: "UseThroughEcr",
        Effect: "Allow",
        Principal: root,
        Action: [
          "kms:CreateGrant",
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:GenerateDataKey*",
          "kms:RetireGrant",
        ],
        Resource: "*",
        Condition: { StringEquals: { "kms:ViaService": `ecr.${region}.amazonaws.com` } },
      },
      reading,
    ),
  });
  new KmsAlias(stack, "ecr_alias", { name: `alias/${prefix}-ecr`, targetKeyId: ecr.keyId });
  const logs = new KmsKey(stack, "logs", {
    ...common,
    description: "Log groups and alerts of myproject dev",
    policy: policy(
      administration,
      {
        Sid: "UseByLogGroups",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": [
              `arn:aws:logs:${region}:${account}:log-group:/aws/events/${prefix}/*`,
            ],
          },
        },
      },
      reading,
    ),
  });
  new KmsAlias(stack, "logs_alias", { name: `alias/${prefix}-logs`, targetKeyId: logs.keyId });
  contractVersion(stack);
  new TerraformOutput(stack, "ecr_kms_key_arn", {
    description: "ARN of the KMS key that encrypts container images",
    value: ecr.arn,
  });
  new TerraformOutput(stack, "logs_kms_key_arn", {
    description: "ARN of the KMS key that encrypts log groups and alerts",
    value: logs.arn,
  });
}

/** The version of what a stack publishes. */
function contractVersion(stack: TerraformStack): void {
  new TerraformOutput(stack, "contract_version", {
    value: 1,
    description: "Version of the outputs that other layers read",
  });
}

/** The check that the security stack publishes a version that others can read. */
const versionCheck = {
  condition: "${try(tonumber(self.outputs.contract_version) >= 1, false)}",
  error_message: [
    'contract_version of security-dev is ${try(jsonencode(self.outputs.contract_version), "missing")}',
    "this stack reads version 1 or later",
    "deploy that layer again: npm run deploy -- dev --layer security",
  ].join("; "),
};

/** The check that an output of the security stack is the ARN of a key. */
const keyCheck = (output: string) => ({
  condition: `\${can(regex("^(arn:aws:kms:${region}:${account}:key/[A-Za-z0-9-]+)$", self.outputs.${output}))}`,
  error_message: [
    `${output} of security-dev is \${try(jsonencode(self.outputs.${output}), "missing")}`,
    `this must be the ARN of a KMS key, arn:aws:kms:${region}:${account}:key/<id>`,
    "deploy that layer again: npm run deploy -- dev --layer security",
  ].join("; "),
});

function compute(app: App, repositoryCount: number): void {
  const stack = newStackWithState(app, "compute-dev", "compute");
  const security = new DataTerraformRemoteStateS3(stack, "security", stateOf("security-dev"));
  security.addOverride("lifecycle.postcondition", [
    versionCheck,
    ...["ecr_kms_key_arn", "logs_kms_key_arn"].map(keyCheck),
  ]);
  contractVersion(stack);
  const kmsKey = security.getString("ecr_kms_key_arn");
  const logGroupName = `/aws/events/${prefix}/ecr-scan-findings`;
  const logGroup = new CloudwatchLogGroup(stack, "findings", {
    name: logGroupName,
    retentionInDays: 30,
    kmsKeyId: security.getString("logs_kms_key_arn"),
  });
  const rule = new CloudwatchEventRule(stack, "findings_rule", {
    name: `${prefix}-ecr-scan-findings`,
    description: `Scan findings of ${prefix}-* to ${logGroupName}`,
    eventPattern: JSON.stringify({
      source: ["aws.ecr", "aws.inspector2"],
      "detail-type": ["ECR Image Scan", "Inspector2 Scan", "Inspector2 Finding"],
      resources: [{ prefix: `arn:aws:ecr:${region}:${account}:repository/${prefix}-` }],
    }),
  });
  new CloudwatchEventTarget(stack, "findings_target", { rule: rule.name, arn: logGroup.arn });
  const urls: Record<string, string> = {};
  const arns: Record<string, string> = {};
  const names: Record<string, string> = {};
  const registryIds: Record<string, string> = {};
  for (let i = 0; i < repositoryCount; i++) {
    const shortName = `service-${i + 1}`;
    const repository = new EcrRepository(stack, shortName, {
      name: `${prefix}-${shortName}`,
      imageTagMutability: "MUTABLE",
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey }],
      imageScanningConfiguration: { scanOnPush: true },
      lifecycle: { preventDestroy: false },
    });
    const countNumber = 10 + (i % 90);
    new EcrLifecyclePolicy(stack, `${shortName}_lifecycle`, {
      repository: repository.name,
      policy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            description: `Keep the ${countNumber} newest images`,
            selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber },
            action: { type: "expire" },
          },
        ],
      }),
    });
    if (i % 10 === 0)
      new EcrRepositoryPolicy(stack, `${shortName}_policy`, {
        repository: repository.name,
        policy: policy({
          Sid: "LambdaECRImageRetrievalPolicy",
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          Condition: { ArnLike: { "aws:sourceArn": [`arn:aws:lambda:${region}:${account}:function:*`] } },
        }),
      });
    urls[shortName] = repository.repositoryUrl;
    arns[shortName] = repository.arn;
    names[shortName] = repository.name;
    registryIds[shortName] = repository.registryId;
  }
  new TerraformOutput(stack, "ecr_repository_urls", {
    description: "Where images are pushed to, by short name",
    value: urls,
  });
  new TerraformOutput(stack, "ecr_repository_arns", {
    description: "ARN of each repository, by short name",
    value: arns,
  });
  new TerraformOutput(stack, "ecr_repository_names", {
    description: "Name of each repository in ECR, by short name",
    value: names,
  });
  new TerraformOutput(stack, "ecr_registry_ids", {
    description: "Account of each repository's registry, by short name",
    value: registryIds,
  });
}

function registry(app: App): void {
  const stack = newStackWithState(app, `registry-${account}-${region}`, "registry");
  new EcrRegistryScanningConfiguration(stack, "scanning", {
    scanType: "BASIC",
    rule: [
      {
        scanFrequency: "SCAN_ON_PUSH",
        repositoryFilter: [{ filter: `${prefix}-*`, filterType: "WILDCARD" }],
      },
    ],
  });
  const delivery = {
    Effect: "Allow",
    Principal: { Service: ["delivery.logs.amazonaws.com", "events.amazonaws.com"] },
    Resource: [`arn:aws:logs:${region}:${account}:log-group:/aws/events/${prefix}/*:*`],
  };
  new CloudwatchLogResourcePolicy(stack, "event_delivery", {
    policyName: `registry-${account}-${region}-event-delivery`,
    policyDocument: policy(
      { Sid: "EventBridgeStreams", ...delivery, Action: ["logs:CreateLogStream"] },
      {
        Sid: "EventBridgeDelivery",
        ...delivery,
        Action: ["logs:PutLogEvents"],
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:events:${region}:${account}:rule/*` } },
      },
    ),
  });
}

const app = new App({ outdir });
bootstrap(app);
security(app);
compute(app, Number(count));
registry(app);
app.synth();
