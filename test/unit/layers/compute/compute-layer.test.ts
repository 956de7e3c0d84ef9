import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { guide } from "../../../support/environments/guide";
import { minimal, only } from "../../../support/environments/minimal";
import {
  type EcrInput,
  type RepositoryInput,
  withRepository,
} from "../../../support/environments/one-repository";
import { type StackJson, synth } from "../../../support/synth";

const computeOf = (ecr: EcrInput, change: Partial<EnvironmentInput> = {}) =>
  synth(only({ ...minimal, ...change, ecr }))["compute-test"];

const computeWith = (options: RepositoryInput, context = {}) =>
  synth(withRepository(options), context)["compute-test"];

/** Resources of a type, each with its id. */
const resources = (json: StackJson | undefined, type: string): [string, StackJson][] =>
  Object.entries(json?.["resource"]?.[type] ?? {});

/** The one resource of a type. */
function resource(json: StackJson | undefined, type: string): StackJson | undefined {
  expect(resources(json, type)).toHaveLength(1);
  return resources(json, type)[0]?.[1];
}

test("repositories are encrypted with the key of the security layer", () => {
  const json = computeOf({ encryptionType: "KMS", repositories: { app: {} } });

  expect(resource(json, "aws_ecr_repository")?.["encryption_configuration"]).toEqual([
    { encryption_type: "KMS", kms_key: "${data.terraform_remote_state.security.outputs.ecr_kms_key_arn}" },
  ]);
});

test("repositories are encrypted with the file's own key, and the layer's is not read", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";

  const json = computeOf({ encryptionType: "KMS", kmsKeyArn, repositories: { app: {} } });

  expect(resource(json, "aws_ecr_repository")?.["encryption_configuration"]).toEqual([
    { encryption_type: "KMS", kms_key: kmsKeyArn },
  ]);
  expect(JSON.stringify(json)).not.toContain("outputs.ecr_kms_key_arn");
});

test("repositories are encrypted in two layers with the key of the security layer", () => {
  const ecr: EcrInput = { encryptionType: "KMS_DSSE", repositories: { app: {} } };

  const json = computeOf(ecr, { region: "us-gov-west-1" });

  expect(resource(json, "aws_ecr_repository")?.["encryption_configuration"]).toEqual([
    {
      encryption_type: "KMS_DSSE",
      kms_key: "${data.terraform_remote_state.security.outputs.ecr_kms_key_arn}",
    },
  ]);
});

test("repositories without a key name none", () => {
  expect(resource(computeWith({}), "aws_ecr_repository")?.["encryption_configuration"]).toEqual([
    { encryption_type: "AES256" },
  ]);
});

test.each([
  ["the default", {}, true],
  ["off", { scanOnPush: false }, false],
  ["manual", { scanOnPush: false, scanFrequency: "MANUAL" }, false],
  ["continuous", { enableEnhancedScanning: true, scanFrequency: "CONTINUOUS_SCAN" }, true],
] as const)(
  "the repository's own flag says what the registry does when scanning is %s",
  (_, options, flag) => {
    expect(resource(computeWith(options), "aws_ecr_repository")).toMatchObject({
      image_scanning_configuration: { scan_on_push: flag },
    });
  },
);

const excluding: RepositoryInput = {
  imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
  imageTagMutabilityExclusionFilters: ["dev-*", "cache"],
};

test.each(["6.8.0", "6.25.0"])(
  "exclusion filters stand in the repository with provider %s, sorted",
  (version) => {
    const json = computeWith(excluding, { awsProviderVersion: version });

    expect(resource(json, "aws_ecr_repository")).toMatchObject({
      image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION",
      image_tag_mutability_exclusion_filter: [
        { filter: "cache", filter_type: "WILDCARD" },
        { filter: "dev-*", filter_type: "WILDCARD" },
      ],
    });
  },
);

test("fails when exclusion filters meet a provider without them, before any stack is built", () => {
  expect(() => computeWith(excluding, { awsProviderVersion: "6.7.0" })).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.imageTagMutability: found "IMMUTABLE_WITH_EXCLUSION"; exclusion filters require AWS provider 6.8.0, and the configured version is 6.7.0; use IMMUTABLE or MUTABLE, or raise awsProviderVersion]`,
  );
});

test("a repository without filters has no filter block", () => {
  expect(resource(computeWith({}), "aws_ecr_repository")).not.toHaveProperty(
    "image_tag_mutability_exclusion_filter",
  );
});

const kept = (json: StackJson | undefined) =>
  resource(json, "aws_ecr_lifecycle_policy")?.["policy"].rules[0].selection.countNumber;

test("a repository keeps the default number of images, or its own", () => {
  expect([kept(computeWith({})), kept(computeWith({ maxImageCount: 7 }))]).toEqual([100, 7]);
});

test("a repository has the lifecycle policy of the file instead of the default", () => {
  const selection = {
    tagStatus: "untagged",
    countType: "sinceImagePushed",
    countUnit: "days",
    countNumber: 3,
  };
  const rules = [{ rulePriority: 5, selection, action: { type: "expire" } }];

  const json = computeWith({ lifecyclePolicy: JSON.stringify({ rules }) });

  expect(resource(json, "aws_ecr_lifecycle_policy")?.["policy"]).toEqual({ rules });
});

test.each([
  [true, true],
  [false, undefined],
])("a repository is deleted with its images: %s", (forceDelete, written) => {
  expect(resource(computeWith({ forceDelete }), "aws_ecr_repository")?.["force_delete"]).toBe(written);
});

test("tags that something else sets stay as they are, also those of the environment", () => {
  const { lifecycle } = resource(computeWith({ ignoreTagChanges: true }), "aws_ecr_repository") ?? {};

  expect(lifecycle).toMatchObject({ ignore_changes: ["tags", "tags_all"] });
  expect(resource(computeWith({}), "aws_ecr_repository")?.["lifecycle"]).not.toHaveProperty("ignore_changes");
});

test("a repository that nobody else uses has no policy", () => {
  expect(resources(computeWith({}), "aws_ecr_repository_policy")).toEqual([]);
});

test("a repository has the policy statements of the file beside those of its options", () => {
  const json = computeWith({
    enableLambdaPull: true,
    repositoryPolicyStatements: [
      {
        sid: "DenyOthers",
        effect: "Deny",
        actions: ["ecr:BatchGetImage"],
        principals: [{ type: "*", identifiers: ["*"] }],
        conditions: [{ test: "StringNotEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] }],
      },
    ],
  });

  expect(resource(json, "aws_ecr_repository_policy")?.["policy"].Statement).toEqual([
    {
      Sid: "DenyOthers",
      Effect: "Deny",
      Principal: "*",
      Action: ["ecr:BatchGetImage"],
      Condition: { StringNotEquals: { "aws:PrincipalOrgID": ["o-1"] } },
    },
    expect.objectContaining({ Sid: "LambdaECRImageRetrievalPolicy" }),
  ]);
});

test("a repository is protected as its environment is, at one address in every environment", () => {
  const stacks = synth(guide);

  const protection = ["compute-dev", "compute-prod"].map((stack) =>
    resources(stacks[stack], "aws_ecr_repository")
      .filter(([, { name }]) => name.endsWith("-web-app"))
      .map(([id, { lifecycle }]) => [id, lifecycle.prevent_destroy]),
  );
  const address = protection[0]?.[0]?.[0];
  expect(protection).toEqual([[[address, false]], [[address, true]]]);
});

test("no short name collides with another construct of the stack", () => {
  const names = [
    "security",
    "aws",
    "ecr_repository_urls",
    "scan_findings",
    "repositories",
    "team/app",
    "2048",
  ];
  const repositories = Object.fromEntries(names.map((name) => [name, { enableLambdaPull: true }]));

  const json = computeOf({ enableScanFindingsLogging: true, repositories });

  const inEcr = resources(json, "aws_ecr_repository").map(([, { name }]) => name);
  expect(inEcr.toSorted()).toEqual(names.map((name) => `acme-test-${name}`).toSorted());
  expect(Object.keys(json?.["output"].ecr_repository_urls.value).toSorted()).toEqual(names.toSorted());
  expect(resources(json, "aws_ecr_repository_policy")).toHaveLength(names.length);
});

test("everything has one address with and without protection, and only prevent_destroy differs", () => {
  const repositories = { app: { enableLambdaPull: true }, api: {} };

  const [open, protectedStack] = [false, true].map((deletionProtection) =>
    computeOf({ encryptionType: "KMS", repositories }, { deletionProtection }),
  );

  for (const [, { lifecycle }] of resources(open, "aws_ecr_repository")) {
    expect(lifecycle).toEqual({ prevent_destroy: false });
  }
  const text = JSON.stringify(open).replaceAll('"prevent_destroy":false', '"prevent_destroy":true');
  expect(protectedStack).toEqual(JSON.parse(text));
});

test("roles of the account get one policy for all repositories, other roles stand in those of the repositories", () => {
  const json = computeOf({
    repositories: {
      web: { pullRoleArns: ["arn:aws:iam::111122223333:role/ecs/task"] },
      api: {
        pullRoleArns: ["arn:aws:iam::111122223333:role/ecs/task"],
        pushRoleArns: ["arn:aws:iam::444455556666:role/build"],
        allowedOrganizationIds: ["o-a1b2c3d4e5"],
        allowedOrganizationPaths: ["o-b1b2c3d4e5/r-ab12/*"],
      },
    },
  });

  expect(resource(json, "aws_iam_role_policy")).toMatchObject({
    role: "task",
    policy: {
      Statement: [
        { Sid: "LogIn" },
        {
          Sid: "PullImages",
          Resource: [
            "arn:aws:ecr:eu-west-1:111122223333:repository/acme-test-api",
            "arn:aws:ecr:eu-west-1:111122223333:repository/acme-test-web",
          ],
        },
      ],
    },
  });
  const sids = resource(json, "aws_ecr_repository_policy")?.["policy"].Statement.map(
    ({ Sid }: { Sid: string }) => Sid,
  );
  expect(sids).toEqual([
    "PullFromOrganizationPaths",
    "PullFromOrganizations",
    "PullFromRoles",
    "PushFromRoles",
  ]);
});

test("a repository has the lifecycle policy of an object as of a text", () => {
  const selection = {
    tagStatus: "untagged",
    countType: "sinceImagePushed",
    countUnit: "days",
    countNumber: 7,
  };
  const policy = { rules: [{ rulePriority: 1, selection, action: { type: "expire" } }] };
  const [fromObject, fromText] = [policy, JSON.stringify(policy)].map((lifecyclePolicy) =>
    resource(computeWith({ lifecyclePolicy }), "aws_ecr_lifecycle_policy"),
  );

  expect(fromObject?.["policy"]).toEqual(policy);
  expect(fromObject).toEqual(fromText);
});

test("a repository without a lifecycle policy has no resource for one", () => {
  expect(resources(computeWith({ lifecyclePolicy: "none" }), "aws_ecr_lifecycle_policy")).toEqual([]);
});

test("a repository has tags of its own beside the default tags of the provider", () => {
  const json = computeWith({ tags: { Team: "shop" } });

  expect(resource(json, "aws_ecr_repository")?.["tags"]).toEqual({ Team: "shop" });
  expect(resource(computeWith({}), "aws_ecr_repository")).not.toHaveProperty("tags");
});

test.each([{ Version: "2008-10-17", Id: "pasted" }, { Version: "2012-10-17" }, {}])(
  "a pasted policy keeps its Version and Id, with which Terraform compares it: %j",
  (head) => {
    const statement = { Sid: "a b", Effect: "Deny", Principal: "*", Action: ["ecr:BatchDeleteImage"] };

    const json = computeWith({ repositoryPolicy: { ...head, Statement: [statement] } });

    expect(resource(json, "aws_ecr_repository_policy")?.["policy"]).toEqual({
      ...head,
      Statement: [statement],
    });
  },
);
