import { expect, test } from "vitest";
import { minimal, only } from "../../../support/environments/minimal";
import { synth } from "../../../support/synth";

const registry = "registry-111122223333-eu-west-1";
const scanner = "arn:aws:iam::111122223333:role/security/scanner";

test("a registry excludes each principal once, with the resource of the AWS provider", () => {
  const stacks = synth(
    {
      ...only({ ...minimal, name: "blue", ecr: { pullTimeExclusions: [scanner] } }),
      ...only({ ...minimal, name: "green", ecr: { pullTimeExclusions: [scanner] } }),
    },
    { awsProviderVersion: "6.28.0" },
  );

  expect(stacks[registry]?.["resource"].aws_ecr_pull_time_update_exclusion).toMatchInlineSnapshot(`
    {
      "arn_aws_iam__111122223333_role--security--scanner_1e933bd6": {
        "principal_arn": "arn:aws:iam::111122223333:role/security/scanner",
      },
    }
  `);
});

test("a registry without requests has none", () => {
  expect(synth(only(minimal))[registry]?.["resource"]).not.toHaveProperty(
    "aws_ecr_pull_time_update_exclusion",
  );
});
