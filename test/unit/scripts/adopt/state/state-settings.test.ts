import { expect, test } from "vitest";
import { leaving } from "../../../../../scripts/adopt/state/leaving-resources";
import { adoptedTypes } from "../../../../../scripts/adopt/state/state-registry";
import { settingsOfState } from "../../../../../scripts/adopt/state/state-settings";
import type { StateInstance } from "../../../../../scripts/adopt/state/terraform-state";

const place = { file: "a.tfstate", line: 1 };
const instance = (type: string, attributes: Readonly<Record<string, unknown>>): StateInstance => ({
  ...{ type, address: `${type}.${String(attributes["n"] ?? "this")}`, attributes, place },
});

const instances = [
  instance("aws_ecr_pull_through_cache_rule", {
    ...{ n: "quay", ecr_repository_prefix: "quay", upstream_registry_url: "quay.io", credential_arn: "" },
    ...{ upstream_repository_prefix: "ROOT" },
  }),
  instance("aws_ecr_pull_through_cache_rule", {
    ...{ n: "hub", ecr_repository_prefix: "hub", upstream_registry_url: "registry-1.docker.io" },
    credential_arn: "arn:secret",
  }),
  instance("aws_ecr_repository_creation_template", {
    ...{ n: "quay", prefix: "quay", applied_for: ["PULL_THROUGH_CACHE"], image_tag_mutability: "IMMUTABLE" },
    ...{
      encryption_configuration: [{ encryption_type: "KMS" }],
      lifecycle_policy: "",
      repository_policy: "{}",
    },
    resource_tags: { A: "b" },
  }),
  instance("aws_ecr_repository_creation_template", {
    n: "team",
    prefix: "team",
    applied_for: ["REPLICATION"],
  }),
  instance("aws_ecr_account_setting", { n: "scan", name: "BASIC_SCAN_TYPE_VERSION", value: "AWS_NATIVE" }),
  instance("aws_ecr_account_setting", { n: "mount", name: "BLOB_MOUNTING", value: "DISABLED" }),
  instance("aws_ecr_pull_time_update_exclusion", { principal_arn: "arn:role" }),
  instance("aws_ecr_registry_policy", { policy: "{}" }),
];

test("a state has the settings of a registry in the form in which an account has them", () => {
  expect(settingsOfState(instances)).toEqual({
    caches: [
      { prefix: "quay", upstream: "quay.io", upstreamPrefix: "ROOT", place },
      { prefix: "hub", upstream: "registry-1.docker.io", credentialArn: "arn:secret", place },
    ],
    templates: [
      {
        ...{ prefix: "quay", appliedFor: ["PULL_THROUGH_CACHE"], imageTagMutability: "IMMUTABLE" },
        ...{ exclusionFilters: [], encryptionType: "KMS", repositoryPolicy: "{}", tags: { A: "b" }, place },
      },
      {
        ...{ prefix: "team", appliedFor: ["REPLICATION"], imageTagMutability: "MUTABLE" },
        ...{ exclusionFilters: [], encryptionType: "AES256", tags: {}, place },
      },
    ],
    accountSettings: { BASIC_SCAN_TYPE_VERSION: "AWS_NATIVE", BLOB_MOUNTING: "DISABLED" },
    pullTimeExclusions: ["arn:role"],
    policy: { text: "{}", place },
  });
});

test("only what the file declares leaves the state, in the order of the types", () => {
  const taken = { names: new Set<string>(), regions: new Set<string>() };
  const addresses = (ecr: object, prefixes: readonly string[] = []) =>
    leaving(instances, { ...taken, adopted: { identity: {}, ecr, cachePrefixes: new Set(prefixes) } }).map(
      ({ address }) => address,
    );
  const declared = addresses(
    {
      pullThroughCache: { q: { upstream: "quay", pullRoleArns: ["arn:role"] } },
      creationTemplates: { team: { appliedFor: ["REPLICATION"] } },
      accountSettings: { basicScanTypeVersion: "AWS_NATIVE" },
      pullTimeExclusions: ["arn:role"],
    },
    ["quay"],
  );

  expect(addresses({})).toEqual([]);
  expect(declared).toEqual([
    "aws_ecr_account_setting.scan",
    "aws_ecr_pull_through_cache_rule.quay",
    "aws_ecr_pull_time_update_exclusion.this",
    "aws_ecr_registry_policy.this",
    "aws_ecr_repository_creation_template.quay",
    "aws_ecr_repository_creation_template.team",
  ]);
  expect(adoptedTypes).toEqual(expect.arrayContaining(instances.map(({ type }) => type)));
});
