import bindings from "@cdktf/provider-aws/package.json";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { has, providerVersionIn } from "../../../../environments/plan/provider-version";
import { providerVersionProblems } from "../../../../environments/rules/across/provider-version";
import { minimal, only } from "../../../support/environments/minimal";
import { type RepositoryInput, withRepository } from "../../../support/environments/one-repository";

const withFilters = () =>
  loadEnvironments(
    withRepository({
      imageTagMutability: "MUTABLE_WITH_EXCLUSION",
      imageTagMutabilityExclusionFilters: ["v*"],
    }),
  );

test("the version of the bindings is in force", () => {
  const version = providerVersionIn({});

  expect(version).toBe(bindings.cdktf.provider.version);
});

test("the version of the context wins", () => {
  const version = providerVersionIn({ awsProviderVersion: "5.100.0" });

  expect(version).toBe("5.100.0");
});

test.each(["~> 6.0", "6.25", "6.25.0-beta1", "v6.25.0", "latest", "", 6, true, { version: "6.25.0" }])(
  "fails when the context asks for %j, which is no exact version",
  (awsProviderVersion) => {
    expect(() => providerVersionIn({ awsProviderVersion })).toThrow(
      `context awsProviderVersion: found ${JSON.stringify(awsProviderVersion)}; this must be an exact version, because features depend on it; use a version such as "6.25.0"`,
    );
  },
);

test.each([
  ["5.100.0", false],
  ["6.21.99", false],
  ["6.22.0", true],
  ["10.0.0", true],
])("provider %s has blocked encryption types of buckets: %s", (version, expected) => {
  expect(has(version, "blockedEncryptionTypes")).toBe(expected);
});

test.each(["6.8.0", "6.8.1", "6.25.0", "10.0.0"])("provider %s has exclusion filters", (version) => {
  const environments = withFilters();

  expect(providerVersionProblems(environments, version)).toEqual([]);
});

test.each(["6.7.99", "6.7.0", "5.100.0", "5.8.0"])(
  "fails when exclusion filters meet provider %s",
  (version) => {
    const environments = withFilters();

    expect(providerVersionProblems(environments, version)).toEqual([
      {
        file: "environments/test.ts",
        path: ["ecr", "repositories", "app", "imageTagMutability"],
        found: "MUTABLE_WITH_EXCLUSION",
        advice: `exclusion filters require AWS provider 6.8.0, and the configured version is ${version}; use IMMUTABLE or MUTABLE, or raise awsProviderVersion`,
      },
    ]);
  },
);

test.each(["MUTABLE", "IMMUTABLE"] as const)("an older provider has %s", (imageTagMutability) => {
  const environments = loadEnvironments(withRepository({ imageTagMutability }));

  expect(providerVersionProblems(environments, "5.100.0")).toEqual([]);
});

test("fails with the version's problems beside those of the files and those between them", () => {
  const filters: RepositoryInput = {
    imageTagMutability: "MUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: ["v*"],
  };
  const definitions = {
    ...only({ ...minimal, name: "wrong", accountId: "1" }),
    ...only({
      ...minimal,
      name: "web",
      ecr: { repositories: { app: { ...filters, enableEnhancedScanning: true } } },
    }),
    ...only({ ...minimal, name: "other", ecr: { repositories: { app: filters } } }),
  };

  expect(() => loadEnvironments(definitions, "6.7.0")).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/wrong.ts: accountId: found "1"; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"
    environments/web.ts: ecr.repositories.app.enableEnhancedScanning: found true; a registry has either basic or enhanced scanning, but enhanced scanning is requested by acme-web-app (environments/web.ts) and basic scanning by acme-other-app (environments/other.ts); set the same enableEnhancedScanning for all of them, or scanOnPush: false for those that need no scan
    environments/web.ts: ecr.repositories.app.imageTagMutability: found "MUTABLE_WITH_EXCLUSION"; exclusion filters require AWS provider 6.8.0, and the configured version is 6.7.0; use IMMUTABLE or MUTABLE, or raise awsProviderVersion
    environments/other.ts: ecr.repositories.app.imageTagMutability: found "MUTABLE_WITH_EXCLUSION"; exclusion filters require AWS provider 6.8.0, and the configured version is 6.7.0; use IMMUTABLE or MUTABLE, or raise awsProviderVersion]
  `);
});

test("no version is judged where none is given", () => {
  expect(withFilters()).toHaveLength(1);
});
