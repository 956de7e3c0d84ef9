import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { guide } from "../../../support/environments/guide";
import { minimal, only } from "../../../support/environments/minimal";
import type { RepositoryInput } from "../../../support/environments/one-repository";
import { type StackJson, synth } from "../../../support/synth";

const replicated = {
  enableReplication: true,
  replicationDestinations: [{ region: "us-west-2" }, { region: "eu-central-1" }],
};

const layersOf = (change: Partial<EnvironmentInput>) => {
  const stacks = synth(only({ ...minimal, ...change }));
  return { stacks, replicas: stacks["replicas-test"] ?? {}, security: stacks["security-test"] ?? {} };
};

const kms = { encryptionType: "KMS", repositories: { web: replicated, base: {} } } as const;

/** Resources of a type, by name. */
const resources = (json: StackJson, type: string): Record<string, StackJson> =>
  json["resource"]?.[type] ?? {};

test("an environment without destinations in other Regions of its account has no replicas", () => {
  const foreign = {
    enableReplication: true,
    replicationDestinations: [{ region: "us-west-2", registryId: "444455556666" }],
  };

  expect(Object.keys(layersOf({ ecr: { ...kms, repositories: { web: foreign } } }).stacks)).toEqual([
    "security-test",
    "compute-test",
    "registry-111122223333-eu-west-1",
  ]);
});

test("each replicated repository has a replica in each Region, encrypted with the key of the Region", () => {
  const { replicas } = layersOf({ ecr: kms });

  const repositories = resources(replicas, "aws_ecr_repository");
  expect(Object.keys(repositories)).toEqual(["eu-central-1_web", "us-west-2_web"]);
  for (const region of ["eu-central-1", "us-west-2"])
    expect(repositories[`${region}_web`]).toMatchObject({
      name: "acme-test-web",
      provider: `aws.${region}`,
      encryption_configuration: [
        {
          encryption_type: "KMS",
          kms_key: `\${data.terraform_remote_state.security.outputs.replica_kms_key_arns.${region}}`,
        },
      ],
    });
});

test("a key of another Region is refused when the state is read", () => {
  const { replicas } = layersOf({ ecr: kms });

  const { postcondition } = replicas["data"].terraform_remote_state.security.lifecycle;
  expect(
    postcondition.slice(1).map(({ condition }: { condition: string }) => /arn:\S+?key/.exec(condition)?.[0]),
  ).toEqual(["arn:aws:kms:eu-central-1:111122223333:key", "arn:aws:kms:us-west-2:111122223333:key"]);
});

test("the security layer has a key for the replicas of each Region, usable through ECR there only", () => {
  const { security } = layersOf({ ecr: kms });

  const keys = resources(security, "aws_kms_key");
  expect(Object.keys(keys)).toEqual(["ecr", "logs", "replica_eu-central-1", "replica_us-west-2"]);
  const { policy: own, description: _, ...settings } = keys["ecr"] ?? {};
  for (const region of ["eu-central-1", "us-west-2"]) {
    const { policy, description, ...others } = keys[`replica_${region}`] ?? {};
    expect(others).toEqual({ ...settings, provider: `aws.${region}` });
    expect(description).toBe(`Container images of acme test in ${region}`);
    expect(JSON.stringify(policy)).toBe(JSON.stringify(own).replaceAll("eu-west-1", region));
  }
  expect(resources(security, "aws_kms_alias")["replica_keys_us-west-2"]).toMatchObject({
    name: "alias/acme-test-ecr",
    provider: "aws.us-west-2",
  });
});

test("replicas of repositories without a key need none", () => {
  const { replicas, security } = layersOf({ ecr: { repositories: { web: replicated } } });

  expect(resources(replicas, "aws_ecr_repository")["us-west-2_web"]?.["encryption_configuration"]).toEqual([
    { encryption_type: "AES256" },
  ]);
  expect(security["output"]).not.toHaveProperty("replica_kms_key_arns");
  expect(Object.keys(resources(security, "aws_kms_key"))).toEqual(["ecr", "logs"]);
});

test("a key of the file encrypts the source, and keys of the security layer the replicas", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";
  const { stacks, replicas } = layersOf({ ecr: { ...kms, kmsKeyArn } });

  expect(JSON.stringify(stacks["compute-test"]?.["resource"].aws_ecr_repository)).toContain(kmsKeyArn);
  expect(JSON.stringify(replicas["resource"])).not.toContain(kmsKeyArn);
});

/** What differs on purpose: the provider, the key and the Region. */
const comparable = (resource: StackJson = {}, region: string) => {
  const { provider: _, encryption_configuration: __, repository: ___, ...others } = resource;
  return JSON.parse(JSON.stringify(others).replaceAll(region, "<region>"));
};

test("mutability, protection, scanning, lifecycle and policy are those of the source", () => {
  const options: RepositoryInput = {
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: ["dev-*"],
    enableLambdaPull: true,
    enableCrossAccountAccess: true,
    allowedAccountIds: ["222233334444"],
    pullRoleArns: ["arn:aws:iam::444455556666:role/pull"],
    forceDelete: true,
    maxImageCount: 7,
  };
  const { stacks, replicas } = layersOf({
    deletionProtection: true,
    ecr: { repositories: { web: { ...options, ...replicated } } },
  });

  const types = ["aws_ecr_repository", "aws_ecr_repository_policy", "aws_ecr_lifecycle_policy"];
  for (const type of types) {
    const source = resources(stacks["compute-test"] ?? {}, type)["web"];
    expect(comparable(resources(replicas, type)["us-west-2_web"], "us-west-2")).toEqual(
      comparable(source, "eu-west-1"),
    );
  }
  const { Statement } = resources(replicas, "aws_ecr_repository_policy")["us-west-2_web"]?.["policy"] ?? {};
  expect(JSON.stringify(Statement)).toContain("arn:aws:lambda:us-west-2:111122223333:function:*");
  expect(JSON.stringify(Statement)).not.toContain("eu-west-1");
});

test("roles of the account may do with a replica what they may do with its source", () => {
  const roleArn = "arn:aws:iam::111122223333:role/ci";
  const { replicas } = layersOf({
    ecr: { repositories: { web: { pushRoleArns: [roleArn], ...replicated } } },
  });

  const [policy] = Object.values(resources(replicas, "aws_iam_role_policy"));
  expect(policy?.["role"]).toBe("ci");
  expect(policy).not.toHaveProperty("provider");
  for (const region of ["us-west-2", "eu-central-1"])
    expect(JSON.stringify(policy?.["policy"])).toContain(
      `arn:aws:ecr:${region}:111122223333:repository/acme-test-web`,
    );
});

test("where the images of replicas are is an output by Region and short name", () => {
  const replicas = synth(guide)["replicas-prod"] ?? {};

  expect(replicas["output"].ecr_replica_urls.value).toEqual({
    "eu-west-1": { "web-app": "${aws_ecr_repository.eu-west-1_web-app.repository_url}" },
    "us-west-2": {
      "api-service": "${aws_ecr_repository.us-west-2_api-service.repository_url}",
      "lambda-processor": "${aws_ecr_repository.us-west-2_lambda-processor.repository_url}",
      "web-app": "${aws_ecr_repository.us-west-2_web-app.repository_url}",
    },
  });
  expect(Object.keys(replicas["output"])).toEqual(["ecr_replica_arns", "ecr_replica_urls"]);
});

test("a Region that is no longer replicated to keeps its providers and its registry until it is removed from the file", () => {
  const { stacks, replicas, security } = layersOf({
    ecr: { encryptionType: "KMS", repositories: { web: {} }, formerReplicaRegions: ["us-west-2"] },
  });

  for (const json of [replicas, security])
    expect(json["provider"].aws.map(({ region }: StackJson) => region)).toEqual(["eu-west-1", "us-west-2"]);
  expect(replicas["resource"]).toBeUndefined();
  expect(Object.keys(resources(security, "aws_kms_key"))).toEqual(["ecr", "logs"]);
  const { resource } = stacks["registry-111122223333-us-west-2"] ?? {};
  expect(resource.aws_ecr_registry_scanning_configuration.scanning).toMatchObject({ scan_type: "BASIC" });
  expect(Object.keys(resource)).toEqual(["aws_ecr_registry_scanning_configuration"]);
});

test("fails when a former Region is a current one, the own one or in another partition", () => {
  const formerReplicaRegions = ["us-west-2", "eu-west-1", "cn-north-1", "us-east-2"];

  expect(() => layersOf({ ecr: { ...kms, formerReplicaRegions } })).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.formerReplicaRegions[0]: found "us-west-2"; a repository is replicated to this Region; remove the Region here
    environments/test.ts: ecr.formerReplicaRegions[1]: found "eu-west-1"; the environment itself is in this Region; remove the Region here
    environments/test.ts: ecr.formerReplicaRegions[2]: found "cn-north-1"; ECR does not replicate across partitions; use a Region in the partition aws]
  `);
});
