import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { withRepository } from "../../../support/environments/one-repository";

test("fails when basic scanning is asked to be continuous", () => {
  const definitions = withRepository({ scanFrequency: "CONTINUOUS_SCAN" });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.scanFrequency: found "CONTINUOUS_SCAN"; basic scanning does not support continuous scans; set enableEnhancedScanning: true or use SCAN_ON_PUSH]`,
  );
});

test("fails when enhanced scanning is asked to be manual", () => {
  const definitions = withRepository({
    enableEnhancedScanning: true,
    scanFrequency: "MANUAL",
    scanOnPush: false,
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.scanFrequency: found "MANUAL"; enhanced scanning does not support manual scans; use SCAN_ON_PUSH or CONTINUOUS_SCAN, or set enableEnhancedScanning: false]`,
  );
});

test("fails when manual scanning is asked to scan on push", () => {
  const definitions = withRepository({ scanFrequency: "MANUAL", scanOnPush: true });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.scanFrequency: found "MANUAL"; MANUAL conflicts with scanOnPush: true; set scanOnPush: false or use SCAN_ON_PUSH]`,
  );
});

test("fails when manual scanning leaves scanOnPush at its default", () => {
  const definitions = withRepository({ scanFrequency: "MANUAL" });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.scanFrequency: found "MANUAL"; MANUAL conflicts with scanOnPush: true; set scanOnPush: false or use SCAN_ON_PUSH]`,
  );
});

test("fails when SCAN_ON_PUSH contradicts scanOnPush", () => {
  const definitions = withRepository({ scanFrequency: "SCAN_ON_PUSH", scanOnPush: false });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.scanOnPush: found false; SCAN_ON_PUSH scans images when they are pushed; remove scanOnPush: false or scanFrequency]`,
  );
});

test("fails when CONTINUOUS_SCAN contradicts scanOnPush", () => {
  const definitions = withRepository({
    enableEnhancedScanning: true,
    scanFrequency: "CONTINUOUS_SCAN",
    scanOnPush: false,
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.scanOnPush: found false; CONTINUOUS_SCAN scans images when they are pushed; remove scanOnPush: false or scanFrequency]`,
  );
});

test("fails when enhanced scanning is asked not to scan on push", () => {
  const definitions = withRepository({ enableEnhancedScanning: true, scanOnPush: false });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.scanOnPush: found false; enhanced scanning scans on push and does not support manual scans; remove scanOnPush: false or set enableEnhancedScanning: false]`,
  );
});

test.each([
  ["basic on push", { scanFrequency: "SCAN_ON_PUSH" }],
  ["basic and manual", { scanFrequency: "MANUAL", scanOnPush: false }],
  ["enhanced on push", { enableEnhancedScanning: true, scanFrequency: "SCAN_ON_PUSH" }],
  ["enhanced and continuous", { enableEnhancedScanning: true, scanFrequency: "CONTINUOUS_SCAN" }],
  ["off", { scanOnPush: false }],
] as const)("scanning may be %s", (_, options) => {
  const definitions = withRepository(options);

  expect(loadEnvironments(definitions)).toHaveLength(1);
});

test.each(["MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"] as const)(
  "%s takes filters",
  (imageTagMutability) => {
    const definitions = withRepository({ imageTagMutability, imageTagMutabilityExclusionFilters: ["dev-*"] });

    expect(loadEnvironments(definitions)).toHaveLength(1);
  },
);

test("fails when a mode with exclusion has no filters", () => {
  const definitions = withRepository({ imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.imageTagMutabilityExclusionFilters: found nothing; IMMUTABLE_WITH_EXCLUSION requires exclusion filters; add some or use IMMUTABLE]`,
  );
});

test("fails when a mode without exclusion has filters", () => {
  const definitions = withRepository({
    imageTagMutability: "IMMUTABLE",
    imageTagMutabilityExclusionFilters: ["dev-*"],
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.imageTagMutabilityExclusionFilters: found ["dev-*"]; IMMUTABLE does not support exclusion filters; remove them or use IMMUTABLE_WITH_EXCLUSION]`,
  );
});

test("fails when lifecyclePolicy would win over maxImageCount", () => {
  const lifecyclePolicy = JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 },
        action: { type: "expire" },
      },
    ],
  });
  const definitions = withRepository({ lifecyclePolicy, maxImageCount: 10 });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.maxImageCount: found 10; lifecyclePolicy is also set and would take precedence; remove one of the two]`,
  );
});

test("fails with both when a lifecyclePolicy is broken and would win over maxImageCount", () => {
  const definitions = withRepository({ lifecyclePolicy: '{"rules":[]}', maxImageCount: 10 });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.lifecyclePolicy.rules: found []; a policy has at least one rule; add one
    environments/test.ts: ecr.repositories.app.maxImageCount: found 10; lifecyclePolicy is also set and would take precedence; remove one of the two]
  `);
});

test("fails with one line when a lifecyclePolicy over several lines is not JSON", () => {
  const definitions = withRepository({ lifecyclePolicy: '{\n  "rules": [\n    oops\n  ]\n}' });

  expect(() => loadEnvironments(definitions)).toThrow(
    /^environments\/test\.ts: ecr\.repositories\.app\.lifecyclePolicy: found ".*"; this is not JSON \(.*\); use {"rules":\[…]}$/,
  );
});

test("fails with the value inside a lifecyclePolicy that ECR refuses", () => {
  const selection = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 0 };
  const rules = [{ rulePriority: 1, selection, action: { type: "expire" } }];
  const definitions = withRepository({ lifecyclePolicy: JSON.stringify({ rules }) });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.lifecyclePolicy.rules[0].selection.countNumber: found 0; a count is a whole number from 1 to 2147483647; use a number such as 30]`,
  );
});

test("fails when cross-account access names no account", () => {
  const definitions = withRepository({ enableCrossAccountAccess: true });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.allowedAccountIds: found nothing; enableCrossAccountAccess is true, but no account may pull; add account IDs or set enableCrossAccountAccess: false]`,
  );
});

test("fails when accounts are listed but may not pull", () => {
  const definitions = withRepository({ allowedAccountIds: ["444455556666"] });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.enableCrossAccountAccess: found false (the default); the accounts in allowedAccountIds cannot pull; set enableCrossAccountAccess: true or remove the account IDs]`,
  );
});

test("fails when an account is listed twice", () => {
  const definitions = withRepository({
    enableCrossAccountAccess: true,
    allowedAccountIds: ["444455556666", "123456789012", "444455556666"],
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.allowedAccountIds[2]: found "444455556666"; this account is listed twice; remove it here]`,
  );
});

test("fails when replication has no destination", () => {
  const definitions = withRepository({ enableReplication: true });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.replicationDestinations: found nothing; enableReplication is true, but the list has no destination; add { region } or set enableReplication: false]`,
  );
});

test("fails when destinations are listed but replication is off", () => {
  const definitions = withRepository({ replicationDestinations: [{ region: "us-west-2" }] });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.enableReplication: found false (the default); the destinations in replicationDestinations have no effect; set enableReplication: true or remove them]`,
  );
});

test("fails when a filter is listed twice", () => {
  const definitions = withRepository({
    imageTagMutability: "MUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: ["v*", "release-*", "v*"],
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.imageTagMutabilityExclusionFilters[2]: found "v*"; this filter is listed twice; remove it here]`,
  );
});
