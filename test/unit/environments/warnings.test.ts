import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../environments/environment-options";
import { loadEnvironments } from "../../../environments/load";
import { warningsOf } from "../../../environments/warnings";
import { minimal, only } from "../../synth";
import type { EcrInput } from "./one-repository";

const replicatedTo = (...regions: string[]) => ({
  enableReplication: true,
  replicationDestinations: regions.map((region) => ({ region })),
});

const repositories = {
  web: replicatedTo("us-west-2", "eu-central-1"),
  api: replicatedTo("us-west-2"),
  worker: {},
};

const warnings = (ecr: EcrInput, change: Partial<EnvironmentInput> = {}) =>
  warningsOf(loadEnvironments(only({ ...minimal, ...change, ecr })));

test("replicas of encrypted repositories are warned of, once for each file", () => {
  expect(warnings({ encryptionType: "KMS", repositories })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories: AWS replicates images, not settings: the replicas in eu-central-1, us-west-2 get AES256 encryption and mutable tags unless those registries hold a repository creation template. [replicas-without-settings]",
    ]
  `);
});

test.each([
  ["without a key", { encryptionType: "AES256", repositories }],
  ["without replicas", { encryptionType: "KMS", repositories: { worker: {} } }],
] as const)("repositories %s need no warning", (_, ecr) => {
  expect(warnings(ecr)).toEqual([]);
});

const selection = { tagStatus: "tagged", countType: "imageCountMoreThan", countNumber: 5 } as const;

test("a warning of a lifecycle rule is given at the option that the rule comes from", () => {
  const policy = {
    rules: [
      { rulePriority: 1, selection: { ...selection, tagPrefixList: ["v*"] }, action: { type: "expire" } },
    ],
  };

  const found = warnings({
    repositories: {
      json: { lifecyclePolicy: JSON.stringify(policy) },
      rules: {
        protectedTags: ["release-*"],
        lifecycleRules: [{ selection: { ...selection, tagPatternList: ["release-1.*"] } }],
      },
      parts: { multiArchitecture: true, untaggedExpiryDays: 3 },
      lambda: { enableLambdaPull: true, maxImageCount: 5 },
    },
  });

  expect(found.map((line) => line.replace(/: [A-Z].*\[/, ": … ["))).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.json.lifecyclePolicy.rules[0]: … [lifecycle-rule-matches-nothing]",
      "environments/test.ts: ecr.repositories.rules.lifecycleRules[0]: … [lifecycle-rule-shadowed]",
      "environments/test.ts: ecr.repositories.parts.untaggedExpiryDays: … [untagged-expiry-of-multi-architecture]",
      "environments/test.ts: ecr.repositories.lambda.maxImageCount: … [lambda-image-may-go]",
    ]
  `);
});

const lambdas = { one: { enableLambdaPull: true }, two: { enableLambdaPull: true } };
const accepted = { warning: "lambda-image-may-go", reason: "Functions are rebuilt weekly." } as const;

test("a warning is accepted for the environment or for one repository", () => {
  expect(warnings({ repositories: lambdas })).toHaveLength(2);
  expect(warnings({ repositories: lambdas }, { acceptedWarnings: [accepted] })).toEqual([]);
  expect(
    warnings({ repositories: lambdas }, { acceptedWarnings: [{ ...accepted, repository: "one" }] }),
  ).toEqual([expect.stringContaining("ecr.repositories.two.maxImageCount")]);
});

test("an acceptance that nothing needs is warned of", () => {
  expect(warnings({ repositories: {} }, { acceptedWarnings: [accepted] })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: acceptedWarnings[0]: There is nothing of this kind to accept; remove the entry.",
    ]
  `);
});

const organization = { allowedOrganizationIds: ["o-a1b2c3d4e5"] };
const unit = { allowedOrganizationPaths: ["o-a1b2c3d4e5/r-ab12/*"] };

test("Lambda in a repository of an organization is warned of until accounts are named", () => {
  const lambda = { enableLambdaPull: true, lifecyclePolicy: null, protectedTags: ["*"] };
  const accounts = { enableCrossAccountAccess: true, allowedAccountIds: ["444455556666"] };

  const found = warnings({
    repositories: {
      whole: { ...lambda, ...organization },
      part: { ...lambda, ...unit },
      named: { ...lambda, ...organization, ...accounts },
      without: { ...organization },
      alone: lambda,
    },
  }).filter((line) => line.endsWith("[organization-without-lambda]"));

  expect(found).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.repositories.whole.allowedOrganizationIds: An organization has IAM principals, not the Lambda service: Lambda may pull for functions of this account only. List the accounts whose functions run these images in allowedAccountIds. [organization-without-lambda]",
      "environments/test.ts: ecr.repositories.part.allowedOrganizationPaths: An organization has IAM principals, not the Lambda service: Lambda may pull for functions of this account only. List the accounts whose functions run these images in allowedAccountIds. [organization-without-lambda]",
    ]
  `);
});
