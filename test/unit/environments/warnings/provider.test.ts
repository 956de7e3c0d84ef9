import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { minimal, only } from "../../../support/environments/minimal";

const state = { backend: "s3", bucket: "acme-tfstate" } as const;
const warnings = (region: string, version: string, change: Partial<EnvironmentInput> = {}) =>
  warningsOf(loadEnvironments(only({ ...minimal, region, state, ...change })), version);

test("a bucket with tags outside the commercial Regions is warned of", () => {
  expect(warnings("us-gov-west-1", "6.25.0")).toMatchInlineSnapshot(`
    [
      "environments/test.ts: state.bucket: AWS provider 6.25.0 creates buckets together with their tags, which S3 may refuse in us-gov-west-1 (UnsupportedArgument). Set awsProviderVersion to 6.29.0 or later for the first deployment of the bootstrap. [bucket-tags-refused]",
    ]
  `);
});

test.each([
  ["cn-north-1", "6.23.0", 1],
  ["us-gov-east-1", "6.28.0", 1],
  ["us-gov-east-1", "6.22.1", 0],
  ["us-gov-east-1", "6.29.0", 0],
  ["cn-northwest-1", "5.100.0", 0],
  ["eu-west-1", "6.25.0", 0],
])("a bucket in %s with provider %s gives %i warnings", (region, version, expected) => {
  expect(warnings(region, version)).toHaveLength(expected);
});

test("a bucket that exists, or a state on one machine, is not warned of", () => {
  expect(warnings("cn-north-1", "6.25.0", { state: { ...state, createBucket: false } })).toEqual([]);
  expect(warnings("cn-north-1", "6.25.0", { state: { backend: "local" } })).toEqual([]);
});

test("the bucket's own Region decides", () => {
  expect(warnings("us-gov-east-1", "6.25.0", { state: { ...state, region: "us-gov-west-1" } })[0]).toContain(
    "in us-gov-west-1",
  );
});

test("the warning can be accepted", () => {
  const reason = "The bucket was deployed with a newer provider.";

  expect(
    warnings("cn-north-1", "6.25.0", { acceptedWarnings: [{ warning: "bucket-tags-refused", reason }] }),
  ).toEqual([]);
});
