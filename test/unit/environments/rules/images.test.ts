import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import {
  cacheArns,
  cachedImage,
  imageRepositoryName,
} from "../../../../environments/plan/pull-through-caches";
import { minimal, only } from "../../../support/environments/minimal";
import { network, smallest } from "../../../support/environments/one-cluster";
import type { EcrInput } from "../../../support/environments/one-repository";
import { type OwnInput, own } from "../../../support/environments/own-network";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

type Image = NonNullable<NonNullable<EnvironmentInput["ecs"]>["services"]>[string]["image"];

const security = { secrets: { hub: { pullThroughCache: true } } } as const;
const caches = {
  "docker-hub": { upstream: "docker-hub", credentials: "hub" },
  quay: { upstream: "quay" },
} as const satisfies EcrInput["pullThroughCache"];

const service = (repository: string, image: Partial<Image> = { tag: "v1" }) => ({
  services: { web: { image: { repository, ...image } } },
});

const running = (change: Partial<EnvironmentInput>, ecr: EcrInput = {}) =>
  only({
    ...minimal,
    network,
    security,
    ...change,
    ecr: { pullThroughCache: caches, repositories: { app: {} }, ...change.ecr, ...ecr },
  });

test("services and deployments run images of a cache", () => {
  const deployments = { web: { image: { repository: "quay/prometheus/node-exporter", digest } } };

  expect(
    loadEnvironments(
      running({ ecs: service("docker-hub/library/nginx"), eks: { ...smallest, deployments } }),
    ),
  ).toHaveLength(1);
});

test("an image of a cache has a repository of the environment's names in ECR", () => {
  const [environment] = loadEnvironments(running({}));

  expect(environment && imageRepositoryName(environment, "docker-hub/library/nginx")).toBe(
    "acme-test-docker-hub/library/nginx",
  );
  expect(cachedImage("docker-hub/library/nginx", ["docker-hub"])).toEqual({
    cache: "docker-hub",
    path: "library/nginx",
  });
  expect(cachedImage("docker-hub-tools/nginx", ["docker-hub"])).toBeUndefined();
});

test("policies of those who pull name all that the caches of an environment hold", () => {
  const [environment] = loadEnvironments(running({}));

  expect(environment && cacheArns(environment)).toEqual([
    "arn:aws:ecr:eu-west-1:111122223333:repository/acme-test-docker-hub/*",
    "arn:aws:ecr:eu-west-1:111122223333:repository/acme-test-quay/*",
  ]);
});

test("fails when a function would pull through a cache", () => {
  const functions = { job: { image: { repository: "quay/acme/job", digest } } };

  expect(() => loadEnvironments(running({ lambda: { functions } }))).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: lambda.functions.job.image.repository: found "quay/acme/job"; Lambda cannot pull through the cache "quay"; push the image to a repository of ecr.repositories]`,
  );
});

const closed: OwnInput = { ...own, natGateways: "none" };

test("fails when an image of a cache would run where there is no way to the internet", () => {
  const deployments = { job: { image: { repository: "quay/acme/job", tag: "v1" } } };
  const change = { ecs: service("docker-hub/library/nginx"), eks: { ...smallest, deployments } };
  const advice = (cache: string) =>
    `the first pull through the cache "${cache}" needs internet access, and the network has no NAT gateway; set natGateways: "single" or "one-per-zone", or push the image to a repository of ecr.repositories`;

  expect(() => loadEnvironments(running({ ...change, network: closed }))).toThrow(
    [
      `environments/test.ts: ecs.services.web.image.repository: found "docker-hub/library/nginx"; ${advice("docker-hub")}`,
      `environments/test.ts: eks.deployments.job.image.repository: found "quay/acme/job"; ${advice("quay")}`,
    ].join("\n"),
  );
  expect(
    loadEnvironments(running({ ...change, network: { ...closed, natGateways: "single" } })),
  ).toHaveLength(1);
  expect(loadEnvironments(running({ ecs: service("app"), network: closed }))).toHaveLength(1);
});

const inEcr =
  'and ECR allows only lowercase letters and digits with single ".", "_", "-" or "/" between them, starting with a letter; use only the path of the image in the upstream registry of "quay"';
const long = `quay/${"a".repeat(250)}`;

test.each([
  ["quay", '"quay" is a cache, not an image; add the path of the image after it'],
  ["docker-hub/nginx", "Docker Hub has official images under library/; use docker-hub/library/nginx"],
  ["quay/Acme/job", `the full name would be "acme-test-quay/Acme/job", ${inEcr}`],
  ["quay/acme/job:v1", `the full name would be "acme-test-quay/acme/job:v1", ${inEcr}`],
  [
    long,
    `a repository name has 2 to 256 characters and "acme-test-${long.slice(0, 50)}…" has 265; use only the path of the image in the upstream registry of "quay"`,
  ],
  ["quey/acme/job", 'ecr.repositories has no repository with this name; did you mean "quay/acme/job"?'],
])("fails when %s is no image of a cache", (repository, advice) => {
  expect(() => loadEnvironments(running({ ecs: service(repository) }))).toThrow(
    `ecs.services.web.image.repository: found ${JSON.stringify(repository).slice(0, 120)}`,
  );
  expect(() => loadEnvironments(running({ ecs: service(repository) }))).toThrow(`; ${advice}`);
});

test.each([
  ["MUTABLE", [], true],
  ["MUTABLE_WITH_EXCLUSION", ["v*"], false],
  ["IMMUTABLE_WITH_EXCLUSION", ["v*"], true],
  ["IMMUTABLE", [], false],
] as const)("production runs tags of a cache that cannot move: %s %j", (mode, filters, moves) => {
  const exception = { rule: "immutable-tags", repository: "quay", reason: "We follow its tags." } as const;
  const quay = {
    upstream: "quay",
    imageTagMutability: mode,
    imageTagMutabilityExclusionFilters: [...filters],
  } satisfies NonNullable<EcrInput["pullThroughCache"]>[string];
  const change = {
    tier: "production",
    productionExceptions: mode.startsWith("MUTABLE") ? [exception] : [],
  } as const;
  const ecr: EcrInput = { encryptionType: "KMS", pullThroughCache: { quay }, repositories: {} };
  const load = (image: Partial<Image>) => () =>
    loadEnvironments(running({ ...change, ecs: service("quay/acme/job", image) }, ecr));

  expect(load({ digest })()).toHaveLength(1);
  if (!moves) expect(load({ tag: "v1" })()).toHaveLength(1);
  else
    expect(load({ tag: "v1" })).toThrow(
      'environments/test.ts: ecs.services.web.image.tag: found "v1"; "quay" allows this tag to be overwritten, and production must run the tested image; use the digest, or make the cache\'s tags immutable, or state the reason in productionExceptions with rule: "consumers-run-fixed-images"',
    );
});
