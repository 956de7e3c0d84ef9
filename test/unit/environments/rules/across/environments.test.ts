import { expect, test } from "vitest";
import { defineEnvironment } from "../../../../../environments/environment";
import { loadEnvironments } from "../../../../../environments/load";
import { minimal, only } from "../../../../support/environments/minimal";

const web = { ...minimal, name: "web" } as const;
const other = { ...minimal, name: "other" } as const;
const s3 = { backend: "s3", bucket: "acme-tfstate" } as const;
const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";

test("fails when two environments have one name", () => {
  const definitions = {
    "environments/test.ts": defineEnvironment(minimal),
    "environments/old/test.ts": defineEnvironment(minimal),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/old/test.ts: name: found "test"; environments/test.ts has the same name, which identifies stacks and their state; rename one]`,
  );
});

test("fails with the equal names only, as nothing else can be judged by them", () => {
  const definitions = {
    "environments/test.ts": defineEnvironment({ ...minimal, state: s3 }),
    "environments/old/test.ts": defineEnvironment({ ...minimal, state: { ...s3, keyPrefix: "old" } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/old/test.ts: name: found "test"; environments/test.ts has the same name, which identifies stacks and their state; rename one]`,
  );
});

test("fails with the other problems between files too when two environments create one bucket", () => {
  const definitions = {
    ...only({ ...web, state: s3, ecr: { repositories: { app: { enableEnhancedScanning: true } } } }),
    ...only({ ...other, state: s3, ecr: { repositories: { app: {} } } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/other.ts: state.bucket: found "acme-tfstate"; environments/web.ts also creates this bucket; set createBucket: false here or use another bucket
    environments/web.ts: ecr.repositories.app.enableEnhancedScanning: found true; a registry has either basic or enhanced scanning, but enhanced scanning is requested by acme-web-app (environments/web.ts) and basic scanning by acme-other-app (environments/other.ts); set the same enableEnhancedScanning for all of them, or scanOnPush: false for those that need no scan]
  `);
});

test("fails when two environments create one bucket", () => {
  const definitions = { ...only({ ...web, state: s3 }), ...only({ ...other, state: s3 }) };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/other.ts: state.bucket: found "acme-tfstate"; environments/web.ts also creates this bucket; set createBucket: false here or use another bucket]`,
  );
});

test("one bucket may hold the states of two environments when one of them creates it", () => {
  const definitions = {
    ...only({ ...web, state: s3 }),
    ...only({ ...other, state: { ...s3, createBucket: false } }),
  };

  expect(loadEnvironments(definitions)).toHaveLength(2);
});

test("fails when the environments of one registry keep its state in two buckets", () => {
  const definitions = {
    ...only({ ...web, state: s3 }),
    ...only({ ...other, state: { ...s3, bucket: "acme-other-tfstate" } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/web.ts: state: found "s3://acme-tfstate/acme (eu-west-1, SSE-S3)"; environments/other.ts has the same account and Region, and stores the state of the shared registry in s3://acme-other-tfstate/acme (eu-west-1, SSE-S3); use the same state in both (createBucket: false in one)]`,
  );
});

test("fails when the environments of one registry keep its state below two prefixes", () => {
  const definitions = {
    ...only({ ...web, state: s3 }),
    ...only({ ...other, state: { ...s3, keyPrefix: "teams/b", createBucket: false } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/web.ts: state: found "s3://acme-tfstate/acme (eu-west-1, SSE-S3)"; environments/other.ts has the same account and Region, and stores the state of the shared registry in s3://acme-tfstate/teams/b (eu-west-1, SSE-S3); use the same state in both (createBucket: false in one)]`,
  );
});

test.each([
  ["Region", { region: "eu-central-1" }, "eu-central-1, SSE-S3"],
  ["key", { kmsKeyArn: keyArn }, `eu-west-1, ${keyArn}`],
])("fails when the environments of one registry name two states, by %s", (_, change, place) => {
  const definitions = {
    ...only({ ...web, state: s3 }),
    ...only({ ...other, state: { ...s3, ...change, createBucket: false } }),
  };

  expect(() => loadEnvironments(definitions)).toThrow(
    expect.objectContaining({
      message: `environments/web.ts: state: found "s3://acme-tfstate/acme (eu-west-1, SSE-S3)"; environments/other.ts has the same account and Region, and stores the state of the shared registry in s3://acme-tfstate/acme (${place}); use the same state in both (createBucket: false in one)`,
    }),
  );
});

test("environments of one registry may write out what the other leaves at its default", () => {
  const definitions = {
    ...only({ ...web, state: { ...s3, region: "eu-west-1", keyPrefix: "acme" } }),
    ...only({ ...other, state: { ...s3, createBucket: false } }),
  };

  expect(loadEnvironments(definitions)).toHaveLength(2);
});

test("fails when one environment of a registry has local state and another not", () => {
  const definitions = { ...only(web), ...only({ ...other, state: s3 }) };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/web.ts: state: found "local"; environments/other.ts has the same account and Region, and stores the state of the shared registry in s3://acme-tfstate/acme (eu-west-1, SSE-S3); use the same state in both (createBucket: false in one)]`,
  );
});

test.each([
  ["account", { accountId: "444455556666" }],
  ["Region", { region: "us-east-1" }],
])("environments of different registries, by %s, may keep their states apart", (_, address) => {
  const definitions = {
    ...only({ ...web, state: s3 }),
    ...only({ ...other, ...address, state: { ...s3, bucket: "acme-other-tfstate" } }),
  };

  expect(loadEnvironments(definitions)).toHaveLength(2);
});

test("fails when the names of one environment begin like those of another", () => {
  const definitions = { ...only(web), ...only({ ...minimal, name: "web-blue" }) };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/web-blue.ts: name: found "web-blue"; its repository names start with "acme-web-" like those of environments/web.ts in the same registry, so filters cannot distinguish them; rename one]`,
  );
});

test("fails when names of one environment begin like those of another in another Region of its account", () => {
  const definitions = { ...only(web), ...only({ ...minimal, name: "web-blue", region: "us-east-1" }) };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/web-blue.ts: name: found "web-blue"; its role names start with "acme-web-" like those of environments/web.ts in the same account, where role names are shared across all Regions; rename one]`,
  );
});

test("names of one environment may begin like those of another in another account", () => {
  const elsewhere = { ...minimal, name: "web-blue", accountId: "444455556666" };
  const definitions = { ...only(web), ...only(elsewhere) };

  expect(loadEnvironments(definitions)).toHaveLength(2);
});

test("an environment name may begin another name inside a word", () => {
  const definitions = { ...only(web), ...only({ ...minimal, name: "website" }) };

  expect(loadEnvironments(definitions)).toHaveLength(2);
});

test("fails when two repositories of one registry have one full name", () => {
  const definitions = {
    ...only({ ...web, ecr: { repositories: { "blue-api": {} } } }),
    ...only({ ...minimal, name: "web-blue", ecr: { repositories: { api: {} } } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/web-blue.ts: name: found "web-blue"; its repository names start with "acme-web-" like those of environments/web.ts in the same registry, so filters cannot distinguish them; rename one
    environments/web-blue.ts: ecr.repositories.api: found "acme-web-blue-api"; environments/web.ts has a repository with this name in the same account and Region; rename one]
  `);
});
