import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { minimal, only } from "../../../support/environments/minimal";
import { smallest } from "../../../support/environments/one-cluster";
import type { RepositoryInput } from "../../../support/environments/one-repository";
import { network } from "../../../support/environments/one-service";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

/** Warnings about one repository, `app`, and what runs its images. */
const warnings = (repository: RepositoryInput, change: Partial<EnvironmentInput>) =>
  warningsOf(
    loadEnvironments(
      only({
        ...minimal,
        ecr: { repositories: { app: { enableLambdaPull: true, ...repository } } },
        ...change,
      }),
    ),
  );

const runs = (image: { tag?: string; digest?: string; awaitsFirstPush?: true }) => ({
  lambda: { functions: { resize: { image: { repository: "app", ...image } } } },
});

const immutable = { imageTagMutability: "IMMUTABLE" } as const;

test("a function whose tag no rule keeps is warned of, at the tag", () => {
  expect(warnings({ ...immutable, maxImageCount: 10 }, runs({ tag: "v1" }))).toEqual([
    'environments/test.ts: lambda.functions.resize.image.tag: The lifecycle policy of "app" can expire (rule "any") the image that the Lambda function "resize" runs, which then cannot be pulled. Add the tag to protectedTags. [image-in-use-may-go]',
  ]);
});

test("a service and a Deployment are warned of as a function is", () => {
  const image = { repository: "app", tag: "v1" };
  const change = {
    network,
    ecs: { services: { web: { image } } },
    eks: { ...smallest, kubernetesVersion: "1.36", deployments: { api: { image } } },
  };

  const found = warnings({ ...immutable, enableLambdaPull: false }, change);

  expect(found).toEqual([
    expect.stringContaining(
      'ecs.services.web.image.tag: The lifecycle policy of "app" can expire (rule "any") the image that the ECS service "web" runs',
    ),
    expect.stringContaining(
      'eks.deployments.api.image.tag: The lifecycle policy of "app" can expire (rule "any") the image that the Deployment "api" runs',
    ),
  ]);
});

test("protected tags keep what runs under them, and nothing else", () => {
  const protectedTags = ["live-*"];

  expect(warnings({ ...immutable, protectedTags }, runs({ tag: "live-2" }))).toEqual([]);
  expect(warnings({ ...immutable, protectedTags }, runs({ tag: "v1" }))).toHaveLength(1);
});

test("a digest cannot be kept by its tag, and the warning says so", () => {
  expect(warnings({ protectedTags: ["live-*"] }, runs({ digest }))).toEqual([
    'environments/test.ts: lambda.functions.resize.image.digest: The lifecycle policy of "app" can expire (rule "any") the image that the Lambda function "resize" runs, which then cannot be pulled. ECR protects images by tag, not by digest: add a tag that matches protectedTags to the image, check the result with npm run ecr -- lifecycle preview, and accept this warning. [image-in-use-may-go]',
  ]);
});

test("rules that archive are told from those that expire", () => {
  const pushed = { countType: "sinceImagePushed", countUnit: "days", countNumber: 9 } as const;
  const lifecycleRules: NonNullable<RepositoryInput["lifecycleRules"]> = [
    {
      selection: { tagStatus: "tagged", tagPatternList: ["v*"], ...pushed },
      action: { type: "transition", targetStorageClass: "archive" },
    },
    { selection: { tagStatus: "any", ...pushed } },
  ];

  const [tag] = warnings({ ...immutable, lifecycleRules }, runs({ tag: "v1" }));
  const [unknown] = warnings({ ...immutable, lifecycleRules }, runs({ digest }));

  expect(tag).toContain('can archive (rule "tagged v*") the image');
  expect(unknown).toContain('can expire (rule "any") or archive (rule "tagged v*") the image');
});

test("what awaits its first push runs nothing, and no function is guessed beside it", () => {
  expect(warnings({}, runs({ awaitsFirstPush: true }))).toEqual([]);
});

test("a repository that Lambda pulls from for others is warned of as before", () => {
  expect(warnings({}, {})).toEqual([expect.stringContaining("[lambda-image-may-go]")]);
});

test("a function that runs a tag which may move is warned of", () => {
  const kept = { protectedTags: ["v1"] };

  expect(warnings(kept, runs({ tag: "v1" }))).toEqual([
    "environments/test.ts: lambda.functions.resize.image.tag: This tag can be overwritten. Lambda does not follow it: the function keeps the image that had the tag at deployment. That image then loses the tag, and with it the protection that a lifecycle policy gives to the tag. Use the digest. [lambda-runs-a-tag]",
  ]);
  expect(warnings({ ...kept, ...immutable }, runs({ tag: "v1" }))).toEqual([]);
});

test("a service may run a tag that moves: a new deployment follows it", () => {
  const change = { network, ecs: { services: { web: { image: { repository: "app", tag: "v1" } } } } };

  expect(warnings({ enableLambdaPull: false, protectedTags: ["v1"] }, change)).toEqual([]);
});

test("an image of a cache that is named by its digest is warned of, until that is accepted", () => {
  const running = (image: { tag?: string; digest?: string }, change: Partial<EnvironmentInput> = {}) =>
    warningsOf(
      loadEnvironments(
        only({
          ...minimal,
          network,
          ecr: { pullThroughCache: { quay: { upstream: "quay" } } },
          ecs: { services: { web: { image: { repository: "quay/acme/job", ...image } } } },
          ...change,
        }),
      ),
    );
  const accepted = { warning: "cached-image-by-digest", repository: "quay", reason: "CI pulls it." } as const;

  expect(running({ digest })).toEqual([
    `environments/test.ts: ecs.services.web.image.digest: The cache "quay" finds an image by digest only after it has cached the image, so the first pull of the ECS service "web" fails. Pull the image by tag once, and accept this warning. [cached-image-by-digest]`,
  ]);
  expect(running({ digest }, { acceptedWarnings: [accepted] })).toEqual([]);
  expect(running({ tag: "v1" })).toEqual([]);
});

test("a warning about what runs is accepted for its repository", () => {
  const accepted = {
    warning: "image-in-use-may-go",
    repository: "app",
    reason: "It is rebuilt every night.",
  } as const;

  expect(warnings(immutable, { ...runs({ digest }), acceptedWarnings: [accepted] })).toEqual([]);
});
