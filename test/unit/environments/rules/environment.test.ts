import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { minimal, only } from "../../../support/environments/minimal";
import { withRepository } from "../../../support/environments/one-repository";

const keyOf = (region: string) => `arn:aws:kms:${region}:111122223333:key/1234abcd`;

const replicatedTo = (...replicationDestinations: { region: string; registryId?: string }[]) =>
  withRepository({ enableReplication: true, replicationDestinations });

test("fails when encryption without a key has a key", () => {
  const definitions = only({
    ...minimal,
    ecr: { encryptionType: "AES256", kmsKeyArn: keyOf("eu-west-1") },
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.kmsKeyArn: found "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"; encryptionType AES256 does not use a KMS key; set encryptionType: "KMS" or remove the key]`,
  );
});

test("fails when the key is in another Region", () => {
  const definitions = only({ ...minimal, ecr: { encryptionType: "KMS", kmsKeyArn: keyOf("us-east-1") } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.kmsKeyArn: found "arn:aws:kms:us-east-1:111122223333:key/1234abcd"; the key must be in the Region of the resources that it encrypts; use a key in eu-west-1]`,
  );
});

test.each([
  "1234abcd-12ab-34cd-56ef-1234567890ab",
  "alias/images",
  "arn:aws:kms:eu-west-1:111122223333:alias/images",
])("fails when the key is given as %s, with one line", (kmsKeyArn) => {
  const definitions = only({ ...minimal, ecr: { encryptionType: "KMS", kmsKeyArn } });

  expect(() => loadEnvironments(definitions)).toThrow(
    expect.objectContaining({
      message: `environments/test.ts: ecr.kmsKeyArn: found "${kmsKeyArn}"; this must be the ARN of a KMS key, not an ID or an alias; use arn:aws:kms:<region>:<account>:key/<id>`,
    }),
  );
});

test("a key of the environment's Region is accepted", () => {
  const definitions = only({ ...minimal, ecr: { encryptionType: "KMS", kmsKeyArn: keyOf("eu-west-1") } });

  const [environment] = loadEnvironments(definitions);

  expect(environment?.ecr.kmsKeyArn).toBe(keyOf("eu-west-1"));
});

test("fails when KMS_DSSE is used outside GovCloud", () => {
  const definitions = only({ ...minimal, ecr: { encryptionType: "KMS_DSSE" } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.encryptionType: found "KMS_DSSE"; KMS_DSSE is available only in the AWS GovCloud (US) Regions; use KMS]`,
  );
});

test("KMS_DSSE is accepted in GovCloud", () => {
  const definitions = only({ ...minimal, region: "us-gov-west-1", ecr: { encryptionType: "KMS_DSSE" } });

  expect(loadEnvironments(definitions)).toHaveLength(1);
});

test("fails when ECR would refuse the full name of a repository", () => {
  const definitions = only({ ...minimal, ecr: { repositories: { Web_App: {}, "web--app": {}, "": {} } } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.Web_App: found "Web_App"; the full name would be "acme-test-Web_App", and ECR allows only lowercase letters and digits with single ".", "_", "-" or "/" between them, starting with a letter; rename it
    environments/test.ts: ecr.repositories["web--app"]: found "web--app"; the full name would be "acme-test-web--app", and ECR allows only lowercase letters and digits with single ".", "_", "-" or "/" between them, starting with a letter; rename it
    environments/test.ts: ecr.repositories[""]: found ""; the full name would be "acme-test-", and ECR allows only lowercase letters and digits with single ".", "_", "-" or "/" between them, starting with a letter; rename it]
  `);
});

test("fails when the full name of a repository is longer than ECR allows", () => {
  const shortName = "a".repeat(256 - "acme-test-".length + 1);
  const definitions = only({ ...minimal, ecr: { repositories: { [shortName]: {} } } });

  expect(() => loadEnvironments(definitions)).toThrow(
    'a repository name has 2 to 256 characters and "acme-test-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" has 257; choose a name within these limits',
  );
});

const two = { repositories: { web: {}, api: {} } };

test("fails when the project has an illegal name, once and not for each repository", () => {
  const definitions = only({ ...minimal, project: "Acme", ecr: two });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: project: found "Acme"; a project name has 1 to 30 lowercase letters and digits, with single hyphens between them, and does not start with sg-, which AWS rejects in security group names; use a name such as myproject]`,
  );
});

test("fails when the environment has an illegal name, once and not for each repository", () => {
  const definitions = only({ ...minimal, name: "Test", ecr: two });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/Test.ts: name: found "Test"; an environment name has 1 to 20 lowercase letters and digits, with single hyphens between them; use a name such as dev]`,
  );
});

test("fails when the own account is given access", () => {
  const definitions = withRepository({
    enableCrossAccountAccess: true,
    allowedAccountIds: ["444455556666", minimal.accountId],
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.allowedAccountIds[1]: found "111122223333"; this is the environment's own account, which needs no permission here; remove it]`,
  );
});

test("fails when a repository replicates to its own registry", () => {
  const definitions = replicatedTo({ region: minimal.region });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.replicationDestinations[0]: found {"region":"eu-west-1"}; ECR cannot replicate a repository to its own registry; use another Region]`,
  );
});

test("fails when a repository replicates to its own registry, named by its account", () => {
  const definitions = replicatedTo({ region: minimal.region, registryId: minimal.accountId });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.replicationDestinations[0]: found {"region":"eu-west-1","registryId":"111122223333"}; ECR cannot replicate a repository to its own registry; use another Region]`,
  );
});

test("the own Region is a destination in another account", () => {
  const definitions = replicatedTo({ region: minimal.region, registryId: "444455556666" });

  expect(loadEnvironments(definitions)).toHaveLength(1);
});

test("fails when a destination is listed twice, with and without its account", () => {
  const definitions = replicatedTo(
    { region: "us-west-2" },
    { region: "us-west-2", registryId: minimal.accountId },
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.replicationDestinations[1]: found {"region":"us-west-2","registryId":"111122223333"}; this destination is listed twice; remove it here]`,
  );
});

test("fails when a destination is in another partition", () => {
  const definitions = replicatedTo({ region: "cn-north-1" }, { region: "us-gov-west-1" });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.replicationDestinations[0]: found {"region":"cn-north-1"}; ECR does not replicate across partitions; use a Region in the partition aws
    environments/test.ts: ecr.repositories.app.replicationDestinations[1]: found {"region":"us-gov-west-1"}; ECR does not replicate across partitions; use a Region in the partition aws]
  `);
});
