import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { consumersOf } from "../../../../environments/plan/consumers";
import { messageOf } from "../../../support/environments/load-message";
import { minimal } from "../../../support/environments/minimal";
import { type RepositoryInput, withRepository } from "../../../support/environments/one-repository";
import { network, withService } from "../../../support/environments/one-service";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

type ImageInput = NonNullable<NonNullable<EnvironmentInput["ecs"]>["services"]>[string]["image"];

/** One repository, `app`, and one service that runs an image. */
const running = (
  image: ImageInput,
  repository: RepositoryInput = {},
  change: Partial<EnvironmentInput> = {},
) => withRepository(repository, { network, ...change, ecs: { services: { web: { image } } } });

const production = { ...minimal, tier: "production", ecr: { encryptionType: "KMS" } } as const;

test("an image is named by tag, by digest, or not yet", () => {
  for (const image of [{ tag: "v1" }, { digest }, { awaitsFirstPush: true }])
    expect(loadEnvironments(running({ repository: "app", ...image }))).toHaveLength(1);
});

test("fails when an image is named by nothing, or by two things", () => {
  const nothing = running({ repository: "app" });
  const both = running({ repository: "app", tag: "v1", digest });
  const pushed = running({ repository: "app", tag: "v1", awaitsFirstPush: true });

  expect([nothing, both, pushed].map((definitions) => messageOf(definitions))).toEqual([
    "environments/test.ts: ecs.services.web.image: found {}; an image needs a tag or a digest; add one, or set awaitsFirstPush: true before the first push",
    `environments/test.ts: ecs.services.web.image: found {"tag":"v1","digest":"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","awaitsFirstPush":false}; tag, digest and awaitsFirstPush are mutually exclusive; keep one of them`,
    'environments/test.ts: ecs.services.web.image: found {"tag":"v1","awaitsFirstPush":true}; tag, digest and awaitsFirstPush are mutually exclusive; keep one of them',
  ]);
});

test("fails when a tag or a digest is none", () => {
  const tag = running({ repository: "app", tag: "-v1" });
  const short = running({ repository: "app", digest: "sha256:12" });

  expect([tag, short].map((definitions) => messageOf(definitions))).toEqual([
    'environments/test.ts: ecs.services.web.image.tag: found "-v1"; a tag has 1 to 128 letters, digits, ., _ and - and does not start with . or -; use a tag such as v1.2.3',
    'environments/test.ts: ecs.services.web.image.digest: found "sha256:12"; a digest is sha256: and 64 hexadecimal digits; use the digest that docker push or aws ecr describe-images prints',
  ]);
});

test("fails when no repository of the environment has the name, with a suggestion", () => {
  const near = running({ repository: "ap", tag: "v1" });
  const far = running({ repository: "database", tag: "v1" });

  expect([near, far].map((definitions) => messageOf(definitions))).toEqual([
    'environments/test.ts: ecs.services.web.image.repository: found "ap"; ecr.repositories has no repository with this name; did you mean "app"?',
    'environments/test.ts: ecs.services.web.image.repository: found "database"; ecr.repositories has no repository with this name; choose from app',
  ]);
});

test.each<[string, RepositoryInput, string]>([
  ["a mutable repository", { imageTagMutability: "MUTABLE" }, "v1"],
  [
    "an immutable repository that excludes the tag",
    { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION", imageTagMutabilityExclusionFilters: ["v*"] },
    "v1",
  ],
  [
    "a mutable repository that excludes other tags",
    { imageTagMutability: "MUTABLE_WITH_EXCLUSION", imageTagMutabilityExclusionFilters: ["v*"] },
    "latest",
  ],
])("fails when production runs a tag of %s", (_, repository, tag) => {
  const exception = { rule: "immutable-tags", reason: "The build farm moves its tags" } as const;
  const exceptions = repository.imageTagMutability?.startsWith("MUTABLE") ? [exception] : [];
  const definitions = running({ repository: "app", tag }, repository, {
    ...production,
    productionExceptions: exceptions,
  });

  expect(messageOf(definitions)).toBe(
    `environments/test.ts: ecs.services.web.image.tag: found "${tag}"; "app" allows this tag to be overwritten, and production must run the tested image; use the digest, or make the repository's tags immutable, or state the reason in productionExceptions with rule: "consumers-run-fixed-images"`,
  );
});

test("production runs tags that cannot move, and digests of any repository", () => {
  const exception = { rule: "immutable-tags", reason: "The build farm moves its tags" } as const;
  const mutable = { ...production, productionExceptions: [exception] };
  const excluding = (imageTagMutability: "MUTABLE_WITH_EXCLUSION" | "IMMUTABLE_WITH_EXCLUSION") => ({
    imageTagMutability,
    imageTagMutabilityExclusionFilters: ["v*"],
  });

  for (const definitions of [
    running({ repository: "app", tag: "v1" }, { imageTagMutability: "IMMUTABLE" }, production),
    running({ repository: "app", tag: "latest" }, excluding("IMMUTABLE_WITH_EXCLUSION"), production),
    running({ repository: "app", tag: "v1" }, excluding("MUTABLE_WITH_EXCLUSION"), mutable),
    running({ repository: "app", digest }, { imageTagMutability: "MUTABLE" }, mutable),
  ])
    expect(loadEnvironments(definitions)).toHaveLength(1);
});

test("consumers are found with their place in the file", () => {
  const [environment] = loadEnvironments(running({ repository: "app", tag: "v1" }));

  expect(environment && consumersOf(environment)).toEqual([
    {
      kind: "ecs",
      label: "ECS service",
      name: "web",
      path: ["ecs", "services", "web"],
      options: expect.objectContaining({
        image: { repository: "app", tag: "v1", awaitsFirstPush: false, managedBy: "terraform" },
      }),
    },
  ]);
});

test("a further container of a service is a consumer of its own, for the platform of the service", () => {
  const app = { repository: "app", tag: "v1" };
  const [environment] = loadEnvironments(
    withService({ cpuArchitecture: "ARM64", containers: { proxy: { image: app } } }),
  );

  expect(environment && consumersOf(environment).slice(1)).toEqual([
    {
      kind: "ecs",
      label: "ECS service",
      name: "web/proxy",
      path: ["ecs", "services", "web", "containers", "proxy"],
      options: expect.objectContaining({
        image: { ...app, awaitsFirstPush: false, managedBy: "terraform" },
        cpuArchitecture: "ARM64",
      }),
    },
  ]);
});
