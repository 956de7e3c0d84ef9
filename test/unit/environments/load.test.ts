import { expect, test } from "vitest";
import { defineEnvironment } from "../../../environments/environment";
import { loadEnvironments } from "../../../environments/load";
import { problemsIn } from "../../support/environments/load-message";
import { minimal, only } from "../../support/environments/minimal";
import { withRepository } from "../../support/environments/one-repository";

test("fails with every problem of every file, in the order of the files", () => {
  const definitions = {
    ...only({ ...minimal, name: "web", region: "eu-west" }),
    ...only({ ...minimal, name: "other", tags: { Layer: "mine" }, ecr: { encryptionType: "KMS_DSSE" } }),
    ...only({ ...minimal, name: "third", ecr: { repositories: { App: {} } } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/web.ts: region: found "eu-west"; this must be an AWS Region code; did you mean "eu-west-1"?
    environments/other.ts: tags.Layer: found "Layer"; every stack sets this tag automatically; remove it
    environments/other.ts: ecr.encryptionType: found "KMS_DSSE"; KMS_DSSE is available only in the AWS GovCloud (US) Regions; use KMS
    environments/third.ts: ecr.repositories.App: found "App"; the full name would be "acme-third-App", and ECR allows only lowercase letters and digits with single ".", "_", "-" or "/" between them, starting with a letter; rename it]
  `);
});

test("fails with the broken rules of a file whose shape is wrong too", () => {
  const definitions = only({
    ...minimal,
    tier: "production",
    regoin: "eu-west-1",
    tags: { Layer: "mine" },
    ecr: {
      encryptionType: "AES256",
      loggRetention: 30,
      repositories: {
        web: { scanOnPush: "yes", enableReplication: true },
        api: { forceDelete: true, imageTagMutability: "IMMUTABLE", maxImages: 5 },
      },
    },
  } as never);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.web.scanOnPush: found "yes"; this must be a boolean; use true or false without quotes
    environments/test.ts: ecr.repositories.api.maxImages: found 5; this option does not exist; choose from imageTagMutability, imageTagMutabilityExclusionFilters, scanOnPush, enableEnhancedScanning, scanFrequency, maxImageCount, untaggedExpiryDays, protectedTags, lifecycleRules, lifecyclePolicy, multiArchitecture, enableCrossAccountAccess, allowedAccountIds, enableLambdaPull, allowedOrganizationIds, allowedOrganizationPaths, pullRoleArns, pushRoleArns, enableReplication, replicationDestinations, name, renamedFrom, tags, ignoreTagChanges, forceDelete, repositoryPolicyStatements, repositoryPolicy
    environments/test.ts: ecr.loggRetention: found 30; this option does not exist; did you mean "logRetentionDays"?
    environments/test.ts: regoin: found "eu-west-1"; this option does not exist; did you mean "region"?
    environments/test.ts: tags.Layer: found "Layer"; every stack sets this tag automatically; remove it
    environments/test.ts: ecr.repositories.web.replicationDestinations: found nothing; enableReplication is true, but the list has no destination; add { region } or set enableReplication: false
    environments/test.ts: ecr.repositories.web.imageTagMutability: found "MUTABLE" (the default); production tags must be immutable; set imageTagMutability: "IMMUTABLE" or "IMMUTABLE_WITH_EXCLUSION", or state the reason in productionExceptions with rule: "immutable-tags"
    environments/test.ts: ecr.repositories.api.forceDelete: found true; production images must not be deleted with their repository; remove forceDelete, or state the reason in productionExceptions with rule: "no-force-delete"
    environments/test.ts: ecr.encryptionType: found "AES256"; production images must be encrypted with a customer managed key; set encryptionType: "KMS", or state the reason in productionExceptions with rule: "customer-managed-kms"]
  `);
});

test("fails with the problems between the files that are right, beside a file that is wrong", () => {
  const definitions = {
    ...only({ ...minimal, name: "wrong", accountId: "1" }),
    ...only({ ...minimal, name: "web", ecr: { repositories: { app: { enableEnhancedScanning: true } } } }),
    ...only({ ...minimal, name: "other", ecr: { repositories: { app: {} } } }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/wrong.ts: accountId: found "1"; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"
    environments/web.ts: ecr.repositories.app.enableEnhancedScanning: found true; a registry has either basic or enhanced scanning, but enhanced scanning is requested by acme-web-app (environments/web.ts) and basic scanning by acme-other-app (environments/other.ts); set the same enableEnhancedScanning for all of them, or scanOnPush: false for those that need no scan]
  `);
});

test("fails with each line once, where one mistake is made twice at one place", () => {
  const tagPatternList = ["*a*b*c*d*", "*a*b*c*d*"];
  const selection = { tagStatus: "tagged", tagPatternList, countType: "imageCountMoreThan", countNumber: 1 };
  const rules = [{ rulePriority: 1, selection, action: { type: "expire" } }];
  const definitions = withRepository({ lifecyclePolicy: JSON.stringify({ rules }) });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.lifecyclePolicy.rules[0].selection.tagPatternList: found ["*a*b*c*d*","*a*b*c*d*"]; "*a*b*c*d*" contains more than four *; use at most four]`,
  );
});

test("fails with a placeholder only, not with what a placeholder breaks", () => {
  const definitions = only({ ...minimal, accountId: "YOUR_ACCOUNT_ID" });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: accountId: found "YOUR_ACCOUNT_ID"; this is a placeholder; replace it with the real value]`,
  );
});

test("fails when a file is not named after its environment", () => {
  const definitions = { "environments/staging.ts": defineEnvironment(minimal) };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/staging.ts: name: found "test"; a file must be named after its environment; rename the file to environments/test.ts or change the name]`,
  );
});

test("fails when a file with other problems is not named after its environment", () => {
  const definitions = { "environments/staging.ts": defineEnvironment({ ...minimal, region: "eu-west" }) };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/staging.ts: region: found "eu-west"; this must be an AWS Region code; did you mean "eu-west-1"?
    environments/staging.ts: name: found "test"; a file must be named after its environment; rename the file to environments/test.ts or change the name]
  `);
});

test("an environment gets every default", () => {
  const definitions = only({ ...minimal, ecr: { repositories: { app: {} } } });

  const environments = loadEnvironments(definitions);

  expect(environments).toMatchInlineSnapshot(`
    [
      {
        "acceptedWarnings": [],
        "accountId": "111122223333",
        "acknowledgedChanges": [],
        "deletionProtection": false,
        "ecr": {
          "accountSettings": {},
          "allowReplicaCreation": false,
          "creationTemplates": {},
          "enableDashboard": false,
          "enableScanFindingsLogging": false,
          "encryptionType": "AES256",
          "formerReplicaRegions": [],
          "logRetentionDays": 30,
          "publicRepositories": {},
          "pullThroughCache": {},
          "pullTimeExclusions": [],
          "registryOwner": "this-project",
          "registryRequests": [],
          "replicaRegistryOwners": {},
          "repositories": {
            "app": {
              "allowedAccountIds": [],
              "allowedOrganizationIds": [],
              "allowedOrganizationPaths": [],
              "enableCrossAccountAccess": false,
              "enableEnhancedScanning": false,
              "enableLambdaPull": false,
              "enableReplication": false,
              "forceDelete": false,
              "ignoreTagChanges": false,
              "imageTagMutability": "MUTABLE",
              "imageTagMutabilityExclusionFilters": [],
              "lifecyclePolicy": null,
              "lifecycleRules": [],
              "multiArchitecture": false,
              "protectedTags": [],
              "pullRoleArns": [],
              "pushRoleArns": [],
              "replicationDestinations": [],
              "repositoryPolicy": null,
              "repositoryPolicyStatements": [],
              "scanOnPush": true,
              "tags": {},
            },
          },
          "unmanagedRepositories": {},
        },
        "file": "environments/test.ts",
        "name": "test",
        "naming": {
          "repository": "{project}-{environment}-{name}",
        },
        "productionExceptions": [],
        "project": "acme",
        "region": "eu-west-1",
        "security": {
          "kms": {
            "administrators": [],
            "deletionWindowInDays": 30,
            "rotationPeriodInDays": 365,
          },
          "secrets": {},
          "signingProfile": false,
        },
        "state": {
          "backend": "local",
        },
        "tagNames": {
          "environment": "Environment",
          "layer": "Layer",
          "managedBy": "ManagedBy",
          "project": "Project",
        },
        "tags": {},
        "tier": "development",
      },
    ]
  `);
});

test("state in S3 gets its Region, account and prefix from the environment", () => {
  const definitions = only({ ...minimal, state: { backend: "s3", bucket: "acme-tfstate" } });

  const [environment] = loadEnvironments(definitions);

  expect(environment?.state).toEqual({
    backend: "s3",
    bucket: "acme-tfstate",
    region: "eu-west-1",
    kmsKeyArn: undefined,
    keyPrefix: "acme",
    createBucket: true,
    accountId: "111122223333",
  });
});

test("production is protected from deletion by default", () => {
  const definitions = only({ ...minimal, tier: "production", ecr: { encryptionType: "KMS" } });

  const [environment] = loadEnvironments(definitions);

  expect(environment?.deletionProtection).toBe(true);
});

test("no environment at all is accepted", () => {
  const environments = loadEnvironments({});

  expect(environments).toEqual([]);
});

test("fails with the rule for its name alone, where no file could be called like it", () => {
  expect(problemsIn({ "environments/dev.ts": defineEnvironment({ ...minimal, name: "Dev" }) })).toEqual([
    'environments/dev.ts: name: found "Dev"; an environment name has 1 to 20 lowercase letters and digits, with single hyphens between them; use a name such as dev',
  ]);
});

test("fails with the name to write, where another file has the one that was written", () => {
  const definitions = {
    ...only({ ...minimal, name: "dev" }),
    "environments/prod.ts": defineEnvironment({ ...minimal, name: "dev", accountId: "1" }),
  };

  expect(problemsIn(definitions)).toContain(
    'environments/prod.ts: name: found "dev"; a file must be named after its environment, and environments/dev.ts already exists; use "prod"',
  );
});
