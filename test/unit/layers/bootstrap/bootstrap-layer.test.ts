import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { minimal, only } from "../../../support/environments/minimal";
import { type StackJson, synth } from "../../../support/synth";

type S3State = Extract<EnvironmentInput["state"], { backend: "s3" }>;

const synthWith = (change: Partial<S3State> = {}, region = "eu-west-1") =>
  synth(only({ ...minimal, region, state: { backend: "s3", bucket: "acme-tfstate", ...change } }));

/** The one resource of a type. */
function resource(json: StackJson | undefined, type: string) {
  const all = Object.entries<Record<string, unknown>>(json?.["resource"][type] ?? {});
  expect([type, all]).toEqual([type, [expect.anything()]]);
  return { address: `${type}.${all[0]?.[0]}`, ...all[0]?.[1] };
}

const stacks = synthWith();
const bootstrap = stacks["bootstrap-test"];

test("the bucket has the name that the states of the other stacks name", () => {
  const { bucket } = resource(stacks["bootstrap-test"], "aws_s3_bucket") as { bucket?: string };
  expect(bucket).toBe(stacks["security-test"]?.["terraform"].backend.s3.bucket);
});

test("Terraform never destroys the bucket", () => {
  expect(resource(bootstrap, "aws_s3_bucket")).toMatchObject({ lifecycle: { prevent_destroy: true } });
});

test.each([
  ["5.100.0", undefined],
  ["6.21.0", undefined],
  ["6.22.0", ["SSE-C"]],
  ["6.25.0", ["SSE-C"]],
  ["6.40.0", ["SSE-C"]],
])(
  "with provider %s, the bucket's blocked encryption types are %j, as S3 returns them",
  (awsProviderVersion, blocked) => {
    const state = { backend: "s3", bucket: "acme-tfstate" } as const;
    const json = synth(only({ ...minimal, state }), { awsProviderVersion })["bootstrap-test"];

    expect(resource(json, "aws_s3_bucket_server_side_encryption_configuration")).toMatchObject({
      rule: [{ bucket_key_enabled: false, ...(blocked && { blocked_encryption_types: blocked }) }],
    });
    expect(JSON.stringify(json).includes("blocked_encryption_types")).toBe(blocked !== undefined);
  },
);

test("an overwritten state can be brought back for ninety days", () => {
  expect(resource(bootstrap, "aws_s3_bucket_versioning")).toMatchObject({
    versioning_configuration: { status: "Enabled" },
  });
  expect(resource(bootstrap, "aws_s3_bucket_lifecycle_configuration")).toMatchObject({
    rule: [{ status: "Enabled", noncurrent_version_expiration: [{ noncurrent_days: 90 }] }],
  });
});

test("the present version of a state never expires", () => {
  const { rule } = resource(bootstrap, "aws_s3_bucket_lifecycle_configuration") as { rule?: object[] };

  expect(rule).toHaveLength(1);
  expect(rule?.[0]).not.toHaveProperty("expiration");
});

test("nothing makes the bucket public", () => {
  expect(resource(bootstrap, "aws_s3_bucket_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(resource(bootstrap, "aws_s3_bucket_ownership_controls")).toMatchObject({
    rule: { object_ownership: "BucketOwnerEnforced" },
  });
});

test("the bucket refuses requests without TLS, in the partition of its Region", () => {
  const inChina = synthWith({}, "cn-north-1")["bootstrap-test"];

  const policies = [bootstrap, inChina].map((json) => resource(json, "aws_s3_bucket_policy"));
  const tlsOnly = (partition: string) => ({
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:*"],
          Resource: [`arn:${partition}:s3:::acme-tfstate`, `arn:${partition}:s3:::acme-tfstate/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    },
  });
  expect(policies).toEqual([
    expect.objectContaining(tlsOnly("aws")),
    expect.objectContaining(tlsOnly("aws-cn")),
  ]);
});

test("the policy of the bucket waits until public access is blocked", () => {
  const { address } = resource(bootstrap, "aws_s3_bucket_public_access_block");

  expect(resource(bootstrap, "aws_s3_bucket_policy")).toMatchObject({ depends_on: [address] });
});

test("the settings belong to the bucket of the stack", () => {
  const { address } = resource(bootstrap, "aws_s3_bucket");

  const { aws_s3_bucket, ...settings } = bootstrap?.["resource"] ?? {};
  const buckets = Object.values<Record<string, { bucket: string }>>(settings).flatMap((all) =>
    Object.values(all).map(({ bucket }) => bucket),
  );
  expect(Object.keys(aws_s3_bucket)).toHaveLength(1);
  expect(new Set(buckets)).toEqual(new Set([`\${${address}.id}`]));
});

test("the bucket is encrypted by S3 where no key is named", () => {
  expect(resource(bootstrap, "aws_s3_bucket_server_side_encryption_configuration")).toMatchObject({
    rule: [
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
    ],
  });
});

test("the bucket is encrypted with the key that the file names", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";

  const json = synthWith({ kmsKeyArn })["bootstrap-test"];

  expect(resource(json, "aws_s3_bucket_server_side_encryption_configuration")).toMatchObject({
    rule: [
      {
        apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn },
        bucket_key_enabled: true,
      },
    ],
  });
});

test("the bucket is made in the Region of the state", () => {
  const json = synthWith({ region: "eu-central-1" })["bootstrap-test"];

  expect(json?.["provider"].aws[0].region).toBe("eu-central-1");
});

test("the state of the bootstrap is local, for there is no bucket yet", () => {
  expect(bootstrap?.["terraform"].backend).toEqual({
    local: { path: "../../../.terraform-state/bootstrap-test.tfstate" },
  });
});

test("the bucket is an output", () => {
  expect(bootstrap?.["output"]).toEqual({
    state_bucket: { description: "Bucket that holds the Terraform state", value: "acme-tfstate" },
  });
});

test("a bucket that exists already needs no bootstrap", () => {
  expect(Object.keys(synthWith({ createBucket: false })).toSorted()).toEqual([
    "compute-test",
    "registry-111122223333-eu-west-1",
    "security-test",
  ]);
});

test("local state needs no bootstrap", () => {
  expect(Object.keys(synth(only(minimal)))).not.toContain("bootstrap-test");
});
