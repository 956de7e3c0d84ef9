import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { minimal, only } from "../../../../support/environments/minimal";
import type { EcrInput } from "../../../../support/environments/one-repository";

const requesting = (name: string, accountSettings: NonNullable<EcrInput["accountSettings"]>, change = {}) =>
  only({ ...minimal, name, ...change, ecr: { accountSettings } });

test("fails when two environments of one registry request different values, with both files named", () => {
  const definitions = {
    ...requesting("blue", { blobMounting: "ENABLED" }),
    ...requesting("green", { blobMounting: "DISABLED" }),
  };

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/green.ts: ecr.accountSettings.blobMounting: found "DISABLED"; a registry has one value of BLOB_MOUNTING, and environments/blue.ts requests ENABLED for the same account and Region; use the same value in both]`,
  );
});

test.each([
  ["the same value", { blobMounting: "DISABLED" }, {}],
  ["no value", {}, {}],
  ["another setting", { registryPolicyScope: "V2" }, {}],
  ["another value in another Region", { blobMounting: "ENABLED" }, { region: "us-east-1" }],
  ["another value in another account", { blobMounting: "ENABLED" }, { accountId: "444455556666" }],
] as const)("an environment may request %s", (_, settings, change) => {
  const definitions = {
    ...requesting("blue", { blobMounting: "DISABLED" }),
    ...requesting("green", settings, change),
  };

  expect(loadEnvironments(definitions)).toHaveLength(2);
});

test("fails when an option has a value that AWS no longer takes", () => {
  const definitions = only({
    ...minimal,
    // @ts-expect-error: values that AWS no longer takes
    ecr: { accountSettings: { basicScanTypeVersion: "CLAIR", registryPolicyScope: "V1" } },
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.accountSettings.basicScanTypeVersion: found "CLAIR"; this can only be AWS_NATIVE; use "AWS_NATIVE"
    environments/test.ts: ecr.accountSettings.registryPolicyScope: found "V1"; this can only be V2; use "V2"]
  `);
});

test.each(["5.100.0", "6.25.0", "6.28.99"])("fails when blob mounting meets provider %s", (version) => {
  const load = () => loadEnvironments(requesting("blue", { blobMounting: "ENABLED" }), version);

  expect(load).toThrow(
    `environments/blue.ts: ecr.accountSettings.blobMounting: found "ENABLED"; the account setting BLOB_MOUNTING requires AWS provider 6.29.0, and the configured version is ${version}; remove this option, or raise awsProviderVersion`,
  );
});

test.each(["5.100.0", "6.25.0"])("provider %s has the other account settings", (version) => {
  const settings = { basicScanTypeVersion: "AWS_NATIVE", registryPolicyScope: "V2" } as const;

  expect(loadEnvironments(requesting("blue", settings), version)).toHaveLength(1);
});
