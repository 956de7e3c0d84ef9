import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { minimal, only } from "../../../support/environments/minimal";
import { synth } from "../../../support/synth";

const central = "999988887777";
const bucket = { backend: "s3", bucket: "acme-tfstate", accountId: central, region: "eu-west-1" } as const;

const inAccount = (name: string, accountId: string, change: Partial<EnvironmentInput> = {}) =>
  only({
    ...{ ...minimal, name, accountId },
    state: { ...bucket, createBucket: name === "dev" },
    ...change,
  });

const dev = inAccount("dev", "111122223333", {
  deployRole: { arn: "arn:aws:iam::111122223333:role/platform/deploy" },
});
const prod = inAccount("prod", "444455556666", { region: "us-east-1" });
const tools = inAccount("tools", central);
const role = { arn: `arn:aws:iam::${central}:role/states`, externalId: "a:b" };
const withRole = inAccount("stage", "555566667777", {
  state: { ...bucket, createBucket: false, role },
  deployRole: { arn: "arn:aws:iam::555566667777:role/deploy" },
});

const stacks = synth({ ...dev, ...prod, ...tools, ...withRole });

test("the bootstrap belongs to the account of the bucket, and assumes no role of another one", () => {
  const [provider] = stacks["bootstrap-dev"]?.["provider"].aws ?? [];

  expect(provider.allowed_account_ids).toEqual([central]);
  expect(provider.assume_role).toBeUndefined();
});

test("environments of other accounts reach their own states, with their deployRole only", () => {
  const [policy] = Object.values<{ policy: { Statement: unknown[] } }>(
    stacks["bootstrap-dev"]?.["resource"].aws_s3_bucket_policy,
  );

  expect(policy?.policy.Statement.slice(1)).toMatchInlineSnapshot(`
    [
      {
        "Action": [
          "s3:ListBucket",
        ],
        "Condition": {
          "ArnEquals": {
            "aws:PrincipalArn": "arn:aws:iam::111122223333:role/platform/deploy",
          },
        },
        "Effect": "Allow",
        "Principal": {
          "AWS": "arn:aws:iam::111122223333:root",
        },
        "Resource": "arn:aws:s3:::acme-tfstate",
        "Sid": "FindStates1",
      },
      {
        "Action": [
          "s3:GetObject",
          "s3:PutObject",
        ],
        "Condition": {
          "ArnEquals": {
            "aws:PrincipalArn": "arn:aws:iam::111122223333:role/platform/deploy",
          },
        },
        "Effect": "Allow",
        "Principal": {
          "AWS": "arn:aws:iam::111122223333:root",
        },
        "Resource": [
          "arn:aws:s3:::acme-tfstate/acme/compute-dev/terraform.tfstate",
          "arn:aws:s3:::acme-tfstate/acme/registry-111122223333-eu-west-1/terraform.tfstate",
          "arn:aws:s3:::acme-tfstate/acme/security-dev/terraform.tfstate",
        ],
        "Sid": "WriteStates1",
      },
      {
        "Action": [
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:PutObject",
        ],
        "Condition": {
          "ArnEquals": {
            "aws:PrincipalArn": "arn:aws:iam::111122223333:role/platform/deploy",
          },
        },
        "Effect": "Allow",
        "Principal": {
          "AWS": "arn:aws:iam::111122223333:root",
        },
        "Resource": [
          "arn:aws:s3:::acme-tfstate/acme/compute-dev/terraform.tfstate.tflock",
          "arn:aws:s3:::acme-tfstate/acme/registry-111122223333-eu-west-1/terraform.tfstate.tflock",
          "arn:aws:s3:::acme-tfstate/acme/security-dev/terraform.tfstate.tflock",
        ],
        "Sid": "LockStates1",
      },
      {
        "Action": [
          "s3:ListBucket",
        ],
        "Effect": "Allow",
        "Principal": {
          "AWS": "arn:aws:iam::444455556666:root",
        },
        "Resource": "arn:aws:s3:::acme-tfstate",
        "Sid": "FindStates2",
      },
      {
        "Action": [
          "s3:GetObject",
          "s3:PutObject",
        ],
        "Effect": "Allow",
        "Principal": {
          "AWS": "arn:aws:iam::444455556666:root",
        },
        "Resource": [
          "arn:aws:s3:::acme-tfstate/acme/compute-prod/terraform.tfstate",
          "arn:aws:s3:::acme-tfstate/acme/registry-444455556666-us-east-1/terraform.tfstate",
          "arn:aws:s3:::acme-tfstate/acme/security-prod/terraform.tfstate",
        ],
        "Sid": "WriteStates2",
      },
      {
        "Action": [
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:PutObject",
        ],
        "Effect": "Allow",
        "Principal": {
          "AWS": "arn:aws:iam::444455556666:root",
        },
        "Resource": [
          "arn:aws:s3:::acme-tfstate/acme/compute-prod/terraform.tfstate.tflock",
          "arn:aws:s3:::acme-tfstate/acme/registry-444455556666-us-east-1/terraform.tfstate.tflock",
          "arn:aws:s3:::acme-tfstate/acme/security-prod/terraform.tfstate.tflock",
        ],
        "Sid": "LockStates2",
      },
    ]
  `);
});

test("the backend accepts the account whose credentials it has", () => {
  const backendOf = (stack: string) => stacks[stack]?.["terraform"].backend.s3;

  expect(backendOf("security-dev")).toMatchObject({
    allowed_account_ids: ["111122223333"],
    assume_role: { role_arn: "arn:aws:iam::111122223333:role/platform/deploy" },
  });
  expect(backendOf("security-prod")).toMatchObject({ allowed_account_ids: ["444455556666"] });
  expect(backendOf("security-prod").assume_role).toBeUndefined();
  expect(backendOf("security-stage")).toMatchObject({
    allowed_account_ids: [central],
    assume_role: { role_arn: role.arn, external_id: "a:b" },
  });
  expect(stacks["security-stage"]?.["provider"].aws[0]).toMatchObject({
    assume_role: [{ role_arn: "arn:aws:iam::555566667777:role/deploy" }],
    allowed_account_ids: ["555566667777"],
  });
});

test("fails when environments say that one bucket is in different accounts", () => {
  const other = inAccount("other", "222233334444", {
    state: { ...bucket, accountId: "888877776666", createBucket: false },
  });

  expect(() => loadEnvironments({ ...dev, ...other })).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/other.ts: state.accountId: found "888877776666"; environments/dev.ts has the account 999988887777 for the bucket acme-tfstate; set the actual account of the bucket in both]`,
  );
});

test("fails when the role that reaches states is in another account than the bucket", () => {
  const other = inAccount("other", "222233334444", {
    state: { ...bucket, role: { arn: "arn:aws:iam::222233334444:role/states" } },
  });

  expect(() => loadEnvironments(other)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/other.ts: state.role.arn: found "arn:aws:iam::222233334444:role/states"; the role must be in the account of the bucket, 999988887777; use a role of that account]`,
  );
});

test("fails when environments of one registry reach its state in different ways", () => {
  const state = { ...bucket, createBucket: false };
  const a = inAccount("a", "222233334444", { state });
  const b = inAccount("b", "222233334444", { state: { ...state, role } });

  expect(() => loadEnvironments({ ...a, ...b })).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/b.ts: state: found "s3://acme-tfstate/acme (eu-west-1, SSE-S3, account 999988887777, arn:aws:iam::999988887777:role/states, a:b)"; environments/a.ts has the same account and Region, and stores the state of the shared registry in s3://acme-tfstate/acme (eu-west-1, SSE-S3, account 999988887777); use the same state in both (createBucket: false in one)]`,
  );
});

test("fails when the policy of the bucket would be too long", () => {
  const many = Array.from({ length: 40 }, (_, index) =>
    inAccount(`env-${index}`, `${111122220000 + index}`, { state: { ...bucket, createBucket: false } }),
  );

  expect(() => loadEnvironments(Object.assign({}, dev, ...many))).toThrow(
    /state\.bucket: found "acme-tfstate"; its policy would have \d+ bytes .* S3 allows 20480; use state\.role/,
  );
});
