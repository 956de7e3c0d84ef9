import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { minimal, only } from "../../../support/environments/minimal";
import { type StackJson, synth } from "../../../support/synth";

const registry = "registry-111122223333-eu-west-1";
const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";

const security = { secrets: { hub: { pullThroughCache: true } } } as const;
const caches = {
  hub: { upstream: "docker-hub", credentials: "hub", maxImageCount: 7 },
  quay: { upstream: "quay", imageTagMutability: "IMMUTABLE" },
  azure: { upstream: "azure", credentials: "hub", host: "acmeimages.azurecr.io" },
} as const;

type Ecr = NonNullable<EnvironmentInput["ecr"]>;

const environment = (ecr: Ecr, change: Partial<EnvironmentInput> = {}) =>
  only({
    ...minimal,
    security,
    tags: { CostCenter: "1" },
    ...change,
    ecr: { pullThroughCache: caches, ...ecr },
  });

/** Resources of a type by a value of theirs. */
const by = (json: StackJson | undefined, type: string, key: string): Record<string, StackJson> =>
  Object.fromEntries(
    Object.values<StackJson>(json?.["resource"][type] ?? {}).map((resource) => [resource[key], resource]),
  );

const published = (name: string, of = "test") =>
  `\${data.terraform_remote_state.security_${of}.outputs.${name}}`;

const encrypted = synth(environment({ encryptionType: "KMS" }));

test("each cache has a rule for its upstream, after its template", () => {
  const rules = by(encrypted[registry], "aws_ecr_pull_through_cache_rule", "ecr_repository_prefix");

  expect(rules).toEqual({
    "acme-test-hub": {
      ecr_repository_prefix: "acme-test-hub",
      upstream_registry_url: "registry-1.docker.io",
      credential_arn: published("secret_arns.hub"),
      depends_on: ["aws_ecr_repository_creation_template.test_hub"],
    },
    "acme-test-quay": {
      ecr_repository_prefix: "acme-test-quay",
      upstream_registry_url: "quay.io",
      depends_on: ["aws_ecr_repository_creation_template.test_quay"],
    },
    "acme-test-azure": {
      ecr_repository_prefix: "acme-test-azure",
      upstream_registry_url: "acmeimages.azurecr.io",
      credential_arn: published("secret_arns.hub"),
      depends_on: ["aws_ecr_repository_creation_template.test_azure"],
    },
  });
});

test("repositories of a cache are made as those of the environment are", () => {
  const templates = by(encrypted[registry], "aws_ecr_repository_creation_template", "prefix");
  const newest = (count: number) => ({
    rules: [
      {
        rulePriority: 1,
        description: `Keep the ${count} newest images`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: count },
        action: { type: "expire" },
      },
    ],
  });

  expect(templates["acme-test-hub"]).toEqual({
    prefix: "acme-test-hub",
    description: "Repositories of acme test that cache docker-hub",
    applied_for: ["PULL_THROUGH_CACHE"],
    custom_role_arn: published("ecr_template_role_arn"),
    encryption_configuration: [{ encryption_type: "KMS", kms_key: published("ecr_kms_key_arn") }],
    image_tag_mutability: "MUTABLE",
    lifecycle_policy: newest(7),
    resource_tags: {
      CostCenter: "1",
      Project: "acme",
      Environment: "test",
      Layer: "registry",
      ManagedBy: "cdktf",
    },
  });
  expect(templates["acme-test-quay"]).toMatchObject({
    image_tag_mutability: "IMMUTABLE",
    lifecycle_policy: newest(100),
  });
});

test("a customer key also encrypts a cache, and ECR's role may use it", () => {
  const stacks = synth(environment({ encryptionType: "KMS", kmsKeyArn: keyArn }));
  const templates = by(stacks[registry], "aws_ecr_repository_creation_template", "prefix");
  const policies = by(stacks["security-test"], "aws_iam_role_policy", "name");

  expect(templates["acme-test-quay"]?.["encryption_configuration"]).toEqual([
    { encryption_type: "KMS", kms_key: keyArn },
  ]);
  expect(policies["acme-test-ecr-template"]?.["policy"].Statement[1].Resource).toBe(keyArn);
});

test("without a key a cache encrypts with AES256, and ECR's role may use no key", () => {
  const stacks = synth(environment({}));
  const templates = by(stacks[registry], "aws_ecr_repository_creation_template", "prefix");
  const policies = by(stacks["security-test"], "aws_iam_role_policy", "name");

  expect(templates["acme-test-quay"]?.["encryption_configuration"]).toEqual([{ encryption_type: "AES256" }]);
  expect(policies["acme-test-ecr-template"]?.["policy"].Statement).toEqual([
    {
      Sid: "MakeRepositories",
      Effect: "Allow",
      Action: ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"],
      Resource: "arn:aws:ecr:eu-west-1:111122223333:repository/acme-test-*",
    },
  ]);
});

test("filters of a cache reach its template", () => {
  const quay = {
    upstream: "quay",
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: ["stable", "latest"],
  } satisfies NonNullable<Ecr["pullThroughCache"]>[string];
  const stacks = synth(environment({ pullThroughCache: { quay } }));
  const templates = by(stacks[registry], "aws_ecr_repository_creation_template", "prefix");

  expect(templates["acme-test-quay"]?.["image_tag_mutability_exclusion_filter"]).toEqual([
    { filter: "latest", filter_type: "WILDCARD" },
    { filter: "stable", filter_type: "WILDCARD" },
  ]);
});

test("only ECR assumes the role of templates", () => {
  const role = by(encrypted["security-test"], "aws_iam_role", "name")["acme-test-ecr-template"];

  expect(role?.["assume_role_policy"].Statement).toEqual([
    {
      Sid: "Trust",
      Effect: "Allow",
      Principal: { Service: "ecr.amazonaws.com" },
      Action: ["sts:AssumeRole"],
    },
  ]);
});

test("there is no role and nothing is read where there is no cache", () => {
  const stacks = synth(environment({ pullThroughCache: {} }));

  expect(stacks["security-test"]?.["output"]).not.toHaveProperty("ecr_template_role_arn");
  expect(stacks["security-test"]?.["resource"]).not.toHaveProperty("aws_iam_role");
  expect(stacks[registry]?.["data"]).toBeUndefined();
});

test("a registry has the caches of all its environments, each with what its own security layer publishes", () => {
  const pullThroughCache: Ecr["pullThroughCache"] = {
    quay: { upstream: "quay", pullRoleArns: ["arn:aws:iam::111122223333:role/r"] },
  };
  const other = { name: "far", accountId: "444455556666", region: "us-east-1" };
  const web = {
    enableReplication: true,
    replicationDestinations: [{ region: "eu-west-1", registryId: "111122223333" }],
  };
  const stacks = synth({
    ...environment({ pullThroughCache }, { name: "blue" }),
    ...environment({ pullThroughCache }, { name: "green" }),
    ...only({ ...minimal, ...other, ecr: { repositories: { web } } }),
  });
  const templates = by(stacks[registry], "aws_ecr_repository_creation_template", "prefix");
  const policies = Object.values<StackJson>(stacks[registry]?.["resource"].aws_ecr_registry_policy);

  expect(Object.entries(templates).map(([prefix, one]) => [prefix, one["custom_role_arn"]])).toEqual([
    ["acme-blue-quay", published("ecr_template_role_arn", "blue")],
    ["acme-green-quay", published("ecr_template_role_arn", "green")],
  ]);
  expect(policies.map(({ policy }) => policy.Statement.map(({ Sid }: { Sid: string }) => Sid))).toEqual([
    ["ReplicationFrom444455556666", "PullThroughCache1", "PullThroughCache2"],
  ]);
});

test("replication spares what a cache holds", () => {
  const replicated = { enableReplication: true, replicationDestinations: [{ region: "us-west-2" }] };
  const stacks = synth(environment({ repositories: { web: replicated, api: replicated } }));
  const [replication] = Object.values<StackJson>(
    stacks[registry]?.["resource"].aws_ecr_replication_configuration,
  );

  expect(replication?.["replication_configuration"].rule[0].repository_filter).toEqual([
    { filter: "acme-test-api", filter_type: "PREFIX_MATCH" },
    { filter: "acme-test-web", filter_type: "PREFIX_MATCH" },
  ]);
});

/** Statements of the layer's key for images that let the role of templates use it. */
const usesByTemplateRole = (json: StackJson | undefined): StackJson[] =>
  Object.values<StackJson>(json?.["resource"].aws_kms_key ?? {})
    .filter(({ description }) => description.startsWith("Container images"))
    .flatMap(({ policy }) => policy.Statement)
    .filter(({ Sid }) => Sid === "UseByTemplateRole");

test("the layer's key is used by the role that makes the repositories, by its whole ARN", () => {
  const [role] = Object.values<StackJson>(by(encrypted["security-test"], "aws_iam_role", "name")).filter(
    ({ name }) => name.endsWith("-ecr-template"),
  );

  expect(usesByTemplateRole(encrypted["security-test"])).toMatchObject([
    {
      Condition: {
        ArnEquals: {
          "aws:PrincipalArn": `arn:aws:iam::111122223333:role${role?.["path"] ?? "/"}${role?.["name"]}`,
        },
      },
    },
  ]);
});

test.each<[string, Ecr]>([
  ["without a cache", { encryptionType: "KMS", pullThroughCache: {} }],
  ["with a key of its own", { encryptionType: "KMS", kmsKeyArn: keyArn }],
  ["with AES256", { encryptionType: "AES256" }],
])("the layer's key is used by no such role %s", (_, ecr) => {
  expect(usesByTemplateRole(synth(environment(ecr))["security-test"])).toEqual([]);
});
