import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { productionRuleNames } from "../../../../environments/options/exceptions";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { type RepositoryInput, withRepository } from "../../../support/environments/one-repository";
import { own } from "../../../support/environments/own-network";

const production = { ...minimal, tier: "production", ecr: { encryptionType: "KMS" } } as const;

const inProduction = (options: RepositoryInput, change: Partial<EnvironmentInput> = {}) =>
  withRepository({ imageTagMutability: "IMMUTABLE", ...options }, { ...production, ...change });

const reason = "The build farm moves its tags";

test("fails when production tags move", () => {
  const definitions = inProduction({ imageTagMutability: "MUTABLE" });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.imageTagMutability: found "MUTABLE"; production tags must be immutable; set imageTagMutability: "IMMUTABLE" or "IMMUTABLE_WITH_EXCLUSION", or state the reason in productionExceptions with rule: "immutable-tags"]`,
  );
});

test("fails when production tags move by default", () => {
  const definitions = withRepository({}, production);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.imageTagMutability: found "MUTABLE" (the default); production tags must be immutable; set imageTagMutability: "IMMUTABLE" or "IMMUTABLE_WITH_EXCLUSION", or state the reason in productionExceptions with rule: "immutable-tags"]`,
  );
});

test("fails when production tags move but for some", () => {
  const definitions = inProduction({
    imageTagMutability: "MUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: ["v*"],
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.imageTagMutability: found "MUTABLE_WITH_EXCLUSION"; production tags must be immutable; set imageTagMutability: "IMMUTABLE" or "IMMUTABLE_WITH_EXCLUSION", or state the reason in productionExceptions with rule: "immutable-tags"]`,
  );
});

test("production tags may move where an immutable repository excludes them", () => {
  const definitions = inProduction({
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: ["cache-*"],
  });

  expect(loadEnvironments(definitions)).toHaveLength(1);
});

test("fails when production images are encrypted without a key", () => {
  const definitions = only({ ...production, ecr: { encryptionType: "AES256" } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.encryptionType: found "AES256"; production images must be encrypted with a customer managed key; set encryptionType: "KMS", or state the reason in productionExceptions with rule: "customer-managed-kms"]`,
  );
});

test("fails when production images are encrypted without a key by default", () => {
  const definitions = only({ ...production, ecr: {} });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.encryptionType: found "AES256" (the default); production images must be encrypted with a customer managed key; set encryptionType: "KMS", or state the reason in productionExceptions with rule: "customer-managed-kms"]`,
  );
});

test("fails when production images are not scanned", () => {
  const definitions = inProduction({ scanOnPush: false });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.scanOnPush: found false; production images must be scanned; remove scanOnPush: false, or state the reason in productionExceptions with rule: "scanning-on"]`,
  );
});

test("fails when a production repository is deleted with its images", () => {
  const definitions = inProduction({ forceDelete: true });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.forceDelete: found true; production images must not be deleted with their repository; remove forceDelete, or state the reason in productionExceptions with rule: "no-force-delete"]`,
  );
});

test("fails when production is not protected from deletion", () => {
  const definitions = only({ ...production, deletionProtection: false });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: deletionProtection: found false; production keys and repositories must be protected from deletion; remove deletionProtection: false, or state the reason in productionExceptions with rule: "deletion-protection"]`,
  );
});

test("fails when the only exception is for another repository", () => {
  const definitions = inProduction(
    { imageTagMutability: "MUTABLE" },
    { productionExceptions: [{ rule: "immutable-tags", repository: "web", reason }] },
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.repositories.app.imageTagMutability: found "MUTABLE"; production tags must be immutable; set imageTagMutability: "IMMUTABLE" or "IMMUTABLE_WITH_EXCLUSION", or state the reason in productionExceptions with rule: "immutable-tags"
    environments/test.ts: productionExceptions[0]: found {"rule":"immutable-tags","repository":"web","reason":"The build farm moves its tags"}; nothing violates this rule; remove the exception]
  `);
});

test("fails when nothing needs an exception", () => {
  const definitions = inProduction({}, { productionExceptions: [{ rule: "scanning-on", reason }] });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: productionExceptions[0]: found {"rule":"scanning-on","reason":"The build farm moves its tags"}; nothing violates this rule; remove the exception]`,
  );
});

test("fails when a development environment has an exception", () => {
  const definitions = withRepository({}, { productionExceptions: [{ rule: "immutable-tags", reason }] });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: productionExceptions[0]: found {"rule":"immutable-tags","reason":"The build farm moves its tags"}; production rules do not apply in this tier; remove the exception]`,
  );
});

test("fails when an exception names an unknown rule, with one line", () => {
  const definitions = inProduction({}, {
    productionExceptions: [{ rule: "scaning-on", reason }],
  } as never);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: productionExceptions[0].rule: found "scaning-on"; this must be one of immutable-tags, customer-managed-kms, scanning-on, no-force-delete, deletion-protection, consumers-run-fixed-images, recoverable-secrets, nat-per-zone, no-public-access, no-foreign-push, no-exec; did you mean "scanning-on"?]`,
  );
});

test("fails when a development environment has an exception to an unknown rule, with one line", () => {
  const definitions = withRepository({}, { productionExceptions: [{ rule: "tidy", reason }] } as never);

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: productionExceptions[0].rule: found "tidy"; this must be one of immutable-tags, customer-managed-kms, scanning-on, no-force-delete, deletion-protection, consumers-run-fixed-images, recoverable-secrets, nat-per-zone, no-public-access, no-foreign-push, no-exec; choose one]`,
  );
});

test("fails when an exception does not say why", () => {
  const definitions = inProduction(
    { imageTagMutability: "MUTABLE" },
    { productionExceptions: [{ rule: "immutable-tags", reason: "because" }] },
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: productionExceptions[0].reason: found "because"; an exception needs a reason; write a sentence]`,
  );
});

const breaksAll: RepositoryInput = {
  imageTagMutability: "MUTABLE",
  scanOnPush: false,
  forceDelete: true,
  repositoryPolicyStatements: [
    { sid: "Open", actions: ["ecr:*"], principals: [{ type: "*", identifiers: ["*"] }] },
  ],
};

const goneAtOnce = { secrets: { token: { recoveryWindowInDays: 0 } } };

const runsMovingTag = {
  services: {
    web: { image: { repository: "app", tag: "latest" }, exec: true, readonlyRootFilesystem: false },
  },
};

test("every production rule can be set aside with a reason", () => {
  const definitions = inProduction(breaksAll, {
    deletionProtection: false,
    ecr: { encryptionType: "AES256" },
    ecs: runsMovingTag,
    security: goneAtOnce,
    network: { ...own, natGateways: "single" },
    productionExceptions: productionRuleNames.map((rule) => ({ rule, reason })),
  });

  expect(loadEnvironments(definitions)).toHaveLength(1);
});

test("an exception for a repository sets the rule aside there", () => {
  const definitions = inProduction(
    { imageTagMutability: "MUTABLE" },
    { productionExceptions: [{ rule: "immutable-tags", repository: "app", reason }] },
  );

  expect(loadEnvironments(definitions)).toHaveLength(1);
});

test("a development environment may break every production rule", () => {
  const definitions = withRepository(breaksAll, {
    deletionProtection: false,
    ecs: runsMovingTag,
    security: goneAtOnce,
    network: { ...own, natGateways: "single" },
  });

  expect(loadEnvironments(definitions)).toHaveLength(1);
});

test("fails when two exceptions set one rule aside at one place", () => {
  const exception = { rule: "immutable-tags", repository: "app", reason } as const;
  const mutable = { imageTagMutability: "MUTABLE" } as const;
  const twice = [exception, { ...exception, reason: "Another reason for the same" }];
  const both = [exception, { rule: "immutable-tags", reason } as const];

  expect(problemsIn(inProduction(mutable, { productionExceptions: twice }))).toEqual([
    'environments/test.ts: productionExceptions[1]: found {"rule":"immutable-tags","repository":"app","reason":"Another reason for the same"}; productionExceptions[0] already contains this exception; remove one of the two',
  ]);
  expect(problemsIn(inProduction(mutable, { productionExceptions: both }))).toEqual([]);
});
