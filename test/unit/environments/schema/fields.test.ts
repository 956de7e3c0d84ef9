import { expect, test } from "vitest";
import { defineEnvironment } from "../../../../environments/environment";
import { loadEnvironments } from "../../../../environments/load";
import { regionAdvice, regions } from "../../../../modules/iam/aws-regions";
import { minimal, only } from "../../../support/environments/minimal";
import { withRepository } from "../../../support/environments/one-repository";

test("fails when an option is unknown, with the nearest one", () => {
  const definitions = withRepository(
    { maxImagecount: 5, scanOnPus: true } as never,
    {
      acountId: "111122223333",
    } as never,
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.maxImagecount: found 5; this option does not exist; did you mean "maxImageCount"?
    environments/test.ts: ecr.repositories.app.scanOnPus: found true; this option does not exist; did you mean "scanOnPush"?
    environments/test.ts: acountId: found "111122223333"; this option does not exist; did you mean "accountId"?]
  `);
});

test("fails when an option is spelt as in Terraform, with the spelling here", () => {
  const definitions = withRepository({
    image_tag_mutability: "MUTABLE",
    scan_on_push: true,
    enable_enhanced_scanning: false,
    scan_frequency: "SCAN_ON_PUSH",
    max_image_count: 50,
    lifecycle_policy: null,
    enable_cross_account_access: false,
    allowed_account_ids: [],
    enable_lambda_pull: false,
    enable_replication: false,
    replication_destinations: [],
  } as never);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.image_tag_mutability: found "MUTABLE"; this option does not exist; did you mean "imageTagMutability"?
    environments/test.ts: ecr.repositories.app.scan_on_push: found true; this option does not exist; did you mean "scanOnPush"?
    environments/test.ts: ecr.repositories.app.enable_enhanced_scanning: found false; this option does not exist; did you mean "enableEnhancedScanning"?
    environments/test.ts: ecr.repositories.app.scan_frequency: found "SCAN_ON_PUSH"; this option does not exist; did you mean "scanFrequency"?
    environments/test.ts: ecr.repositories.app.max_image_count: found 50; this option does not exist; did you mean "maxImageCount"?
    environments/test.ts: ecr.repositories.app.lifecycle_policy: found null; this option does not exist; did you mean "lifecyclePolicy"?
    environments/test.ts: ecr.repositories.app.enable_cross_account_access: found false; this option does not exist; did you mean "enableCrossAccountAccess"?
    environments/test.ts: ecr.repositories.app.allowed_account_ids: found []; this option does not exist; did you mean "allowedAccountIds"?
    environments/test.ts: ecr.repositories.app.enable_lambda_pull: found false; this option does not exist; did you mean "enableLambdaPull"?
    environments/test.ts: ecr.repositories.app.enable_replication: found false; this option does not exist; did you mean "enableReplication"?
    environments/test.ts: ecr.repositories.app.replication_destinations: found []; this option does not exist; did you mean "replicationDestinations"?]
  `);
});

test("fails when an option is like no other, with all of them", () => {
  const definitions = only({ ...minimal, colour: "red", ecr: { colour: "red" } } as never);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.colour: found "red"; this option does not exist; choose from repositories, unmanagedRepositories, pullThroughCache, publicRepositories, pullTimeExclusions, creationTemplates, accountSettings, registryOwner, replicaRegistryOwners, registryRequests, stateShards, encryptionType, kmsKeyArn, formerReplicaRegions, allowReplicaCreation, enableScanFindingsLogging, logRetentionDays, alerts, enableDashboard
    environments/test.ts: colour: found "red"; this option does not exist; choose from name, project, accountId, region, deployRole, tier, deletionProtection, state, naming, tags, tagNames, security, ecr, network, ecs, lambda, eks, imageGate, productionExceptions, acceptedWarnings, acknowledgedChanges]
  `);
});

test("fails when a word is misspelt, with the nearest one", () => {
  const definitions = withRepository(
    { imageTagMutability: "IMMUTABEL", scanFrequency: "scan-on-push" } as never,
    { tier: "prod" } as never,
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: tier: found "prod"; this must be one of development, production; choose one
    environments/test.ts: ecr.repositories.app.imageTagMutability: found "IMMUTABEL"; this must be one of MUTABLE, IMMUTABLE, MUTABLE_WITH_EXCLUSION, IMMUTABLE_WITH_EXCLUSION; did you mean "IMMUTABLE"?
    environments/test.ts: ecr.repositories.app.scanFrequency: found "scan-on-push"; this must be one of SCAN_ON_PUSH, CONTINUOUS_SCAN, MANUAL; did you mean "SCAN_ON_PUSH"?]
  `);
});

test("fails when options have a wrong type, each with what to write", () => {
  const definitions = withRepository(
    {
      scanOnPush: "true",
      maxImageCount: "50",
      lifecyclePolicy: { rules: [] },
      allowedAccountIds: "444455556666",
      replicationDestinations: ["us-west-2"],
      repositoryPolicyStatements: { sid: "Pull" },
    } as never,
    { security: true, productionExceptions: "none" } as never,
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: security: found true; this must be an object; use { kms, secrets, ci, … }
    environments/test.ts: ecr.repositories.app.scanOnPush: found "true"; this must be a boolean; use true or false without quotes
    environments/test.ts: ecr.repositories.app.maxImageCount: found "50"; a repository keeps 1 to 100000 images; use a whole number
    environments/test.ts: ecr.repositories.app.lifecyclePolicy.rules: found []; a policy has at least one rule; add one
    environments/test.ts: ecr.repositories.app.allowedAccountIds: found "444455556666"; this must be a list; use [ … ]
    environments/test.ts: ecr.repositories.app.replicationDestinations[0]: found "us-west-2"; this must be an object; use { region, registryId, … }
    environments/test.ts: ecr.repositories.app.repositoryPolicyStatements: found {"sid":"Pull"}; this must be a list; use [ … ]
    environments/test.ts: productionExceptions: found "none"; this must be a list; use [ … ]
    environments/test.ts: ecr.repositories.app.enableReplication: found false (the default); the destinations in replicationDestinations have no effect; set enableReplication: true or remove them
    environments/test.ts: ecr.repositories.app.maxImageCount: found "50"; lifecyclePolicy is also set and would take precedence; remove one of the two]
  `);
});

test("fails when options that production has rules for have a wrong type", () => {
  const definitions = withRepository(
    { imageTagMutability: 1, scanOnPush: "no", forceDelete: null } as never,
    { tier: "production", deletionProtection: "no", ecr: { encryptionType: 1 } } as never,
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: deletionProtection: found "no"; this must be a boolean; use true or false without quotes
    environments/test.ts: ecr.repositories.app.imageTagMutability: found 1; this must be one of MUTABLE, IMMUTABLE, MUTABLE_WITH_EXCLUSION, IMMUTABLE_WITH_EXCLUSION; choose one
    environments/test.ts: ecr.repositories.app.scanOnPush: found "no"; this must be a boolean; use true or false without quotes
    environments/test.ts: ecr.repositories.app.forceDelete: found null; this must be a boolean; use true or false without quotes
    environments/test.ts: ecr.encryptionType: found 1; this must be one of AES256, KMS, KMS_DSSE; choose one]
  `);
});

test("fails when a required option is missing", () => {
  const definitions = { "environments/test.ts": defineEnvironment({} as never) };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: name: found nothing; an environment name has 1 to 20 lowercase letters and digits, with single hyphens between them; use a name such as dev
    environments/test.ts: project: found nothing; a project name has 1 to 30 lowercase letters and digits, with single hyphens between them, and does not start with sg-, which AWS rejects in security group names; use a name such as myproject
    environments/test.ts: accountId: found nothing; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"
    environments/test.ts: region: found nothing; this must be an AWS Region code; use a code such as "us-east-1" or "eu-west-1"
    environments/test.ts: tier: found nothing; this must be one of development, production; choose one
    environments/test.ts: state: found nothing; this must be a state backend; use { backend: "s3", bucket } or { backend: "local" }]
  `);
});

test.each([
  "12345678901",
  "1234567890123",
  "1234-5678-9012",
  "arn:aws:iam::123456789012:root",
  123456789012,
  "",
])("fails when the account id is %j", (accountId) => {
  const definitions = only({ ...minimal, accountId } as never);

  expect(() => loadEnvironments(definitions)).toThrow(
    `environments/test.ts: accountId: found ${JSON.stringify(accountId)}; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"`,
  );
});

test.each([
  "",
  "eu-west",
  "EU-WEST-1",
  "eu-west-1a",
  "eu-middle-1",
  "xx-west-1",
  "eu-east-1",
  "us-east-9",
  "af-northwest-7",
  "aws-global",
])("fails when the Region is %j, wherever it stands", (region) => {
  const definitions = only({
    ...minimal,
    region,
    state: { backend: "s3", bucket: "acme-tfstate", region },
    ecr: {
      repositories: { app: { enableReplication: true, replicationDestinations: [{ region }] } },
      unmanagedRepositories: { other: { enableReplication: true, replicationDestinations: [{ region }] } },
    },
  });
  const found = `found "${region}"; ${regionAdvice(region)}`;

  expect(() => loadEnvironments(definitions)).toThrow(
    expect.objectContaining({
      message: [
        `environments/test.ts: region: ${found}`,
        `environments/test.ts: state.region: ${found}`,
        `environments/test.ts: ecr.repositories.app.replicationDestinations[0].region: ${found}`,
        `environments/test.ts: ecr.unmanagedRepositories.other.replicationDestinations[0].region: ${found}`,
      ].join("\n"),
    }),
  );
});

test.each(regions)("%s is a Region", (region) => {
  const definitions = only({ ...minimal, region });

  expect(loadEnvironments(definitions)).toHaveLength(1);
});

test("fails when a key is given by its alias", () => {
  const state = { backend: "s3", bucket: "acme-tfstate", kmsKeyArn: "alias/state" } as const;
  const definitions = only({ ...minimal, state });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: state.kmsKeyArn: found "alias/state"; this must be the ARN of a KMS key, not an ID or an alias; use arn:aws:kms:<region>:<account>:key/<id>]`,
  );
});

test("fails when KMS does not know such periods", () => {
  const security = { kms: { rotationPeriodInDays: 89, deletionWindowInDays: 31 } };
  const definitions = only({ ...minimal, security });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: security.kms.rotationPeriodInDays: found 89; KMS accepts rotation periods of 90 to 2560 days; use a whole number
    environments/test.ts: security.kms.deletionWindowInDays: found 31; KMS accepts deletion waiting periods of 7 to 30 days; use a whole number]
  `);
});
