import { expect, test } from "vitest";
import type { Statement } from "../../../../modules/iam/policy-document";
import { minimal, only } from "../../../support/environments/minimal";
import { isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const publicRepositories = {
  cli: {
    description: "Command line",
    aboutText: "# About\n\n${HOME}",
    usageText: "# Usage",
    architectures: ["x86-64", "ARM 64"],
    operatingSystems: ["Linux"],
  },
  "tools/agent": { forceDelete: true },
};

const stacks = synth(
  only({
    ...minimal,
    deletionProtection: true,
    state: { backend: "s3", bucket: "acme-tfstate" },
    ecr: { repositories: { cli: {} }, publicRepositories },
    security: {
      ci: {
        push: {
          cli: {
            repositories: ["cli"],
            publicRepositories: ["cli"],
            trust: [{ github: "acme/cli", branch: "main" }],
          },
        },
        plan: { trust: [{ github: "acme/cli", branch: "main" }] },
        deploy: { trust: [{ github: "acme/cli", branch: "main" }] },
      },
    },
  }),
);
const compute = stacks["compute-test"] ?? {};

test("public repositories are created in us-east-1, with their catalog data", () => {
  expect(compute["resource"].aws_ecrpublic_repository).toEqual({
    cli: {
      provider: "aws.us-east-1",
      repository_name: "acme-test-cli",
      catalog_data: {
        description: "Command line",
        about_text: "# About\n\n$${HOME}",
        usage_text: "# Usage",
        architectures: ["ARM 64", "x86-64"],
        operating_systems: ["Linux"],
      },
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    },
    "tools--agent": {
      provider: "aws.us-east-1",
      repository_name: "acme-test-tools/agent",
      force_destroy: true,
      lifecycle: { prevent_destroy: true },
    },
  });
});

test("the provider for us-east-1 has the account and the tags of the stack", () => {
  const [own, other] = compute["provider"].aws;

  expect(other).toEqual({ ...own, alias: "us-east-1", region: "us-east-1" });
  expect(own.allowed_account_ids).toEqual(["111122223333"]);
});

test("the output has the URI of each public repository", () => {
  expect(compute["output"].ecr_public_repository_uris.value).toEqual({
    cli: "${aws_ecrpublic_repository.cli.repository_uri}",
    "tools/agent": "${aws_ecrpublic_repository.tools--agent.repository_uri}",
  });
});

test("without public repositories, the provider stays, because Terraform destroys the last one with it", () => {
  const without = synth(only(minimal))["compute-test"] ?? {};

  expect(without["provider"].aws).toEqual(compute["provider"].aws);
  expect(without["output"]).not.toHaveProperty("ecr_public_repository_uris");
});

test("in us-east-1, public repositories have the provider of the stack, so the last one can be destroyed", () => {
  const there = synth(only({ ...minimal, region: "us-east-1", ecr: { publicRepositories: { cli: {} } } }));

  const stack = there["compute-test"] ?? {};
  expect(stack["provider"].aws).toHaveLength(1);
  expect(stack["resource"].aws_ecrpublic_repository.cli).not.toHaveProperty("provider");
});

test("a partition without public repositories needs no second provider", () => {
  const gov = synth(only({ ...minimal, region: "us-gov-west-1" }))["compute-test"] ?? {};

  expect(gov["provider"].aws).toHaveLength(1);
});

/** Statements of the inline and the managed policies of a role. */
const may = (role: string): Statement[] =>
  ["aws_iam_role_policy", "aws_iam_policy"].flatMap((type) =>
    Object.values<StackJson>(stacks["security-test"]?.["resource"][type] ?? {})
      .filter(({ name }) => name === role || name === `${role}-networks`)
      .flatMap(({ policy }) => policy.Statement),
  );

const arn = (name: string, accountId = "111122223333") =>
  `arn:aws:ecr-public::${accountId}:repository/${name}`;

const pushing = [
  "ecr-public:BatchCheckLayerAvailability",
  "ecr-public:CompleteLayerUpload",
  "ecr-public:InitiateLayerUpload",
  "ecr-public:PutImage",
  "ecr-public:UploadLayerPart",
];

test("a push role logs in to the public registry, and pushes to its public repositories only", () => {
  const statements = may("acme-test-ci-push-cli");
  const can = (action: string, resource: string) => isAllowed(statements, { action, resource });

  for (const action of ["ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken"])
    expect([action, can(action, "*")]).toEqual([action, true]);
  for (const action of pushing) {
    expect([action, can(action, arn("acme-test-cli"))]).toEqual([action, true]);
    for (const other of [arn("acme-test-tools/agent"), arn("acme-test-cli", "999988887777")])
      expect([action, other, can(action, other)]).toEqual([action, other, false]);
  }
  for (const action of ["ecr-public:DeleteRepository", "ecr-public:BatchDeleteImage", "sts:AssumeRole"])
    expect([action, can(action, arn("acme-test-cli"))]).toEqual([action, false]);
});

test("the deploy role manages the public repositories of its environment, and pushes to none", () => {
  const statements = may("acme-test-ci-deploy");
  const can = (action: string, resource: string) => isAllowed(statements, { action, resource });

  for (const action of ["CreateRepository", "DeleteRepository", "PutRepositoryCatalogData", "TagResource"]) {
    expect([action, can(`ecr-public:${action}`, arn("acme-test-cli"))]).toEqual([action, true]);
    expect([action, can(`ecr-public:${action}`, arn("acme-prod-cli"))]).toEqual([action, false]);
  }
  expect(can("ecr-public:PutImage", arn("acme-test-cli"))).toBe(false);
});

test("the plan role reads public repositories and changes none", () => {
  const statements = may("acme-test-ci-plan");
  const can = (action: string) =>
    isAllowed(statements, { action: `ecr-public:${action}`, resource: arn("acme-test-cli") });

  for (const action of ["DescribeRepositories", "GetRepositoryCatalogData", "ListTagsForResource"])
    expect([action, can(action)]).toEqual([action, true]);
  for (const action of ["DeleteRepository", "PutRepositoryCatalogData", "PutImage"])
    expect([action, can(action)]).toEqual([action, false]);
});
