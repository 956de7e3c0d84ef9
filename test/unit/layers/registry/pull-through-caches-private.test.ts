import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import type { Statement } from "../../../../modules/iam/policy-document";
import { minimal, only } from "../../../support/environments/minimal";
import { isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const upstreamAccount = "444455556666";
const registry = "registry-111122223333-eu-west-1";

const downstream: EnvironmentInput = {
  ...minimal,
  state: { backend: "s3", bucket: "acme-test-tfstate" },
  security: { ci: { deploy: { trust: [{ github: "acme/app", branch: "main" }] } } },
  ecr: {
    encryptionType: "KMS",
    pullThroughCache: {
      team: { upstream: "ecr", registryId: upstreamAccount, region: "us-east-1", upstreamPrefix: "team" },
      mirror: { upstream: "ecr", region: "us-east-1", prefix: "ROOT" },
      quay: { upstream: "quay" },
    },
  },
};

const stacks = synth({
  ...only(downstream),
  ...only({ ...minimal, name: "source", accountId: upstreamAccount, region: "us-east-1" }),
  ...only({ ...minimal, name: "own", region: "us-east-1" }),
});

const of = (stack: string, type: string): StackJson[] =>
  Object.values<StackJson>(stacks[stack]?.["resource"][type] ?? {});

const published = (name: string) => `\${data.terraform_remote_state.security_test.outputs.${name}}`;

test("a cache of a private registry has its host, the role and the upstream prefix", () => {
  expect(of(registry, "aws_ecr_pull_through_cache_rule")).toEqual([
    {
      ecr_repository_prefix: "ROOT",
      upstream_registry_url: "111122223333.dkr.ecr.us-east-1.amazonaws.com",
      custom_role_arn: published("ecr_cache_role_arn"),
      depends_on: ["aws_ecr_repository_creation_template.test_mirror"],
    },
    {
      ecr_repository_prefix: "acme-test-quay",
      upstream_registry_url: "quay.io",
      depends_on: ["aws_ecr_repository_creation_template.test_quay"],
    },
    {
      ecr_repository_prefix: "acme-test-team",
      upstream_registry_url: "444455556666.dkr.ecr.us-east-1.amazonaws.com",
      custom_role_arn: published("ecr_cache_role_arn"),
      upstream_repository_prefix: "team",
      depends_on: ["aws_ecr_repository_creation_template.test_team"],
    },
  ]);
  expect(of(registry, "aws_ecr_repository_creation_template").map(({ prefix }) => prefix)).toEqual([
    "ROOT",
    "acme-test-quay",
    "acme-test-team",
  ]);
});

const policyOf = (role: string): Statement[] =>
  of("security-test", "aws_iam_role_policy").find(({ name }) => name === role)?.["policy"].Statement ?? [];

const arn = (name: string, accountId = "111122223333", region = "eu-west-1") =>
  `arn:aws:ecr:${region}:${accountId}:repository/${name}`;

test("only ECR's pull-through cache assumes the role of caches", () => {
  const role = of("security-test", "aws_iam_role").find(({ name }) => name === "acme-test-ecr-cache");

  expect(role?.["assume_role_policy"].Statement).toEqual([
    {
      Sid: "Trust",
      Effect: "Allow",
      Principal: { Service: "pullthroughcache.ecr.amazonaws.com" },
      Action: ["sts:AssumeRole"],
    },
  ]);
});

test("the role reads the upstream repositories and writes only what the caches cover", () => {
  const can = (action: string, resource: string) =>
    isAllowed(policyOf("acme-test-ecr-cache"), { action, resource });

  expect(can("ecr:GetAuthorizationToken", "*")).toBe(true);
  expect(can("ecr:BatchGetImage", arn("team/app", upstreamAccount, "us-east-1"))).toBe(true);
  expect(can("ecr:BatchGetImage", arn("other/app", upstreamAccount, "us-east-1"))).toBe(false);
  expect(can("ecr:PutImage", arn("acme-test-team/app"))).toBe(true);
  expect(can("ecr:PutImage", arn("team/app", upstreamAccount, "us-east-1"))).toBe(false);
  expect(can("ecr:PutImage", arn("any/name", "111122223333", "us-east-1"))).toBe(false);
  expect(can("ecr:BatchDeleteImage", arn("acme-test-team/app"))).toBe(false);
});

test("the boundary of the environment allows all that the roles of ECR do", () => {
  const boundary: Statement[] = of("security-test", "aws_iam_policy").find(
    ({ name }) => name === "acme-test-role-boundary",
  )?.["policy"].Statement;
  const needed = ["acme-test-ecr-cache", "acme-test-ecr-template"].flatMap(policyOf);

  for (const { Action, Resource } of needed)
    for (const action of [Action ?? []].flat())
      for (const resource of [Resource ?? []].flat().filter((one) => !one.includes("${aws_kms")))
        expect([
          action,
          resource,
          isAllowed(boundary, { action, resource: resource.replaceAll("*", "x/y") }) ||
            isAllowed(boundary, { action, resource: "*" }) ||
            action.startsWith("kms:"),
        ]).toEqual([action, resource, true]);
});

test("the template role creates any repository, because one cache covers any name", () => {
  const [make] = policyOf("acme-test-ecr-template");

  expect(make?.Resource).toBe(arn("*"));
});

test("the registry of the upstream lets the account of the cache read its repositories, and no other registry does", () => {
  const statements = (stack: string) =>
    of(stack, "aws_ecr_registry_policy").flatMap(({ policy }) => policy.Statement);

  expect(statements("registry-444455556666-us-east-1")).toEqual([
    {
      Sid: "CachesOf111122223333",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Action: [
        "ecr:BatchGetImage",
        "ecr:BatchImportUpstreamImage",
        "ecr:GetDownloadUrlForLayer",
        "ecr:GetImageCopyStatus",
      ],
      Resource: [arn("team/*", upstreamAccount, "us-east-1")],
    },
  ]);
  expect(statements("registry-111122223333-us-east-1")).toEqual([]);
  expect(statements(registry)).toEqual([]);
});

test("caches of public registries alone need no role of caches", () => {
  const without = synth(only({ ...minimal, ecr: { pullThroughCache: { quay: { upstream: "quay" } } } }));

  expect(without["security-test"]?.["output"]).not.toHaveProperty("ecr_cache_role_arn");
  expect(JSON.stringify(without[registry])).not.toContain("ecr_cache_role_arn");
});
