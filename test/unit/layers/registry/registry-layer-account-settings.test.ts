import { expect, test } from "vitest";
import { minimal, only } from "../../../support/environments/minimal";
import { synth } from "../../../support/synth";

const name = "registry-111122223333-eu-west-1";
const context = { awsProviderVersion: "6.29.0" };

test("a registry sets what any of its environments requests, and nothing else", () => {
  const stacks = synth(
    {
      ...only({ ...minimal, name: "blue", ecr: { accountSettings: { basicScanTypeVersion: "AWS_NATIVE" } } }),
      ...only({ ...minimal, name: "green", ecr: { accountSettings: { blobMounting: "DISABLED" } } }),
      ...only({ ...minimal, name: "grey" }),
    },
    context,
  );

  expect(stacks[name]?.["resource"].aws_ecr_account_setting).toEqual({
    basic_scan_type_version: { name: "BASIC_SCAN_TYPE_VERSION", value: "AWS_NATIVE" },
    blob_mounting: { name: "BLOB_MOUNTING", value: "DISABLED" },
  });
});

test("a registry without requests has no account setting", () => {
  expect(synth(only(minimal))[name]?.["resource"]).not.toHaveProperty("aws_ecr_account_setting");
});
