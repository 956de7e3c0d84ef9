import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { minimal, only } from "../../../support/environments/minimal";
import type { EcrInput } from "../../../support/environments/one-repository";

type Caches = NonNullable<EcrInput["pullThroughCache"]>;

const caching = (caches: Caches, change: Partial<EnvironmentInput> = {}) =>
  only({ ...minimal, ...change, ecr: { ...change.ecr, pullThroughCache: caches } });

const secrets = { hub: { pullThroughCache: true }, password: {} } as const;
const withSecrets = { security: { secrets } };
const hub = { upstream: "docker-hub", credentials: "hub" } as const;

test("a cache of a public registry needs nothing else", () => {
  const [environment] = loadEnvironments(caching({ quay: { upstream: "quay" } }));

  expect(environment?.ecr.pullThroughCache).toEqual({
    quay: {
      upstream: "quay",
      imageTagMutability: "MUTABLE",
      imageTagMutabilityExclusionFilters: [],
      protectedTags: [],
      lifecycleRules: [],
      lifecyclePolicy: null,
      pullRoleArns: [],
    },
  });
});

test("every upstream can be cached, with credentials where ECR asks for them and a host where there are many", () => {
  const caches: Caches = {
    public: { upstream: "ecr-public" },
    kubernetes: { upstream: "kubernetes" },
    quay: { upstream: "quay" },
    hub,
    github: { upstream: "github", credentials: "hub" },
    gitlab: { upstream: "gitlab", credentials: "hub" },
    azure: { upstream: "azure", credentials: "hub", host: "acmeimages.azurecr.io" },
    chainguard: { upstream: "chainguard", credentials: "hub" },
  };

  expect(loadEnvironments(caching(caches, withSecrets))).toHaveLength(1);
});

test("fails when credentials or a host are missing or of no use", () => {
  const definitions = caching(
    {
      hub: { upstream: "docker-hub" },
      quay: { upstream: "quay", credentials: "typo", host: "acmeimages.azurecr.io" },
      azure: { upstream: "azure", credentials: "hub" },
      own: { upstream: "azure", credentials: "hub", host: "https://acme.azurecr.io" },
      typo: { upstream: "dockerhub" as never },
    },
    withSecrets,
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.pullThroughCache.own.host: found "https://acme.azurecr.io"; this must be the host of an Azure container registry, whose name has 5 to 63 lowercase letters, digits and hyphens; use <name>.azurecr.io
    environments/test.ts: ecr.pullThroughCache.typo.upstream: found "dockerhub"; this must be one of ecr, ecr-public, kubernetes, quay, docker-hub, github, gitlab, azure, chainguard; did you mean "docker-hub"?
    environments/test.ts: ecr.pullThroughCache.hub.credentials: found nothing; ECR requires credentials for docker-hub; use a secret in security.secrets that has pullThroughCache: true
    environments/test.ts: ecr.pullThroughCache.quay.credentials: found "typo"; quay does not use credentials; remove them
    environments/test.ts: ecr.pullThroughCache.quay.host: found "acmeimages.azurecr.io"; quay has a fixed host; remove this option
    environments/test.ts: ecr.pullThroughCache.azure.host: found nothing; every registry of azure has its own host; use "<name>.azurecr.io"]
  `);
});

test("fails when the secret is not there or is none for a cache", () => {
  const definitions = caching(
    {
      near: { upstream: "github", credentials: "hubs" },
      far: { upstream: "github", credentials: "token" },
      own: { upstream: "github", credentials: "password" },
    },
    withSecrets,
  );

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.pullThroughCache.near.credentials: found "hubs"; security.secrets has no secret with this name; did you mean "hub"?
    environments/test.ts: ecr.pullThroughCache.far.credentials: found "token"; security.secrets has no secret with this name; add it there with pullThroughCache: true
    environments/test.ts: ecr.pullThroughCache.own.credentials: found "password"; ECR reads credentials only from secrets under ecr-pullthroughcache/; set pullThroughCache: true in security.secrets["password"]]
  `);
});

test("fails when ECR would not take the prefix", () => {
  const quay = { upstream: "quay" } as const;
  const long = { project: "a-project-with-a-long-name", name: "dev" };

  expect(() =>
    loadEnvironments(caching({ "docker/hub": quay, Quay: quay, "twenty-one-characters": quay })),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.pullThroughCache["docker/hub"]: found "docker/hub"; a cache name has lowercase letters and digits, with single hyphens between them; use a name such as docker-hub
    environments/test.ts: ecr.pullThroughCache.Quay: found "Quay"; a cache name has lowercase letters and digits, with single hyphens between them; use a name such as docker-hub
    environments/test.ts: ecr.pullThroughCache["twenty-one-characters"]: found "twenty-one-characters"; its repositories would start with "acme-test-twenty-one-characters/", and ECR allows 30 characters before the slash; use a name of at most 20 characters]
  `);
  expect(() => loadEnvironments(caching({ quay }, long))).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/dev.ts: ecr.pullThroughCache.quay: found "quay"; its repositories would start with "a-project-with-a-long-name-dev-quay/", and ECR allows 30 characters before the slash; shorten the name of the project or the environment]`,
  );
  expect(() =>
    loadEnvironments(caching({ quay }, { project: "project-with-a-long-name", name: "dev" })),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/dev.ts: ecr.pullThroughCache.quay: found "quay"; its repositories would start with "project-with-a-long-name-dev-quay/", and ECR allows 30 characters before the slash; use a name of at most 1 character]`,
  );
  expect(loadEnvironments(caching({ "twenty-characters-ok": quay }))).toHaveLength(1);
});

test("fails when a repository lies where a cache makes its own", () => {
  const repositories = { quay: {}, "quay/tools": {}, "quay-tools": {} };
  const definitions = caching({ quay: { upstream: "quay" } }, { ecr: { repositories } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.pullThroughCache.quay: found "quay"; this cache creates its repositories under the name of "quay" in ecr.repositories; rename one of the two
    environments/test.ts: ecr.pullThroughCache.quay: found "quay"; this cache creates its repositories under the name of "quay/tools" in ecr.repositories; rename one of the two]
  `);
});

test("fails when a role is none, is of another account or is listed twice", () => {
  const role = "arn:aws:iam::111122223333:role/build";
  const pullRoleArns = [role, role, "arn:aws:iam::444455556666:role/build", "build"];

  expect(() =>
    loadEnvironments(caching({ quay: { upstream: "quay", pullRoleArns } })),
  ).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.pullThroughCache.quay.pullRoleArns[3]: found "build"; this must be the ARN of one IAM role, without wildcards; use arn:aws:iam::<account>:role/<path and name>
    environments/test.ts: ecr.pullThroughCache.quay.pullRoleArns[1]: found "arn:aws:iam::111122223333:role/build"; this role is listed twice; remove it here
    environments/test.ts: ecr.pullThroughCache.quay.pullRoleArns[2]: found "arn:aws:iam::444455556666:role/build"; only roles in the same account can use the repositories of a cache; use a role in 111122223333]
  `);
});

test.each(["cn-north-1", "us-gov-west-1"])("fails in %s, where ECR caches nothing", (region) => {
  expect(() => loadEnvironments(caching({ quay: { upstream: "quay" } }, { region }))).toThrow(
    'environments/test.ts: ecr.pullThroughCache: found ["quay"]; AWS documents pull-through cache for the commercial Regions only; copy the images into repositories',
  );
});

test("fails when tags and lifecycle of a cache break the rules for those of a repository", () => {
  const definitions = caching({
    quay: {
      upstream: "quay",
      imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
      maxImageCount: 5,
      lifecyclePolicy: '{"rules":[]}',
    },
  });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/test.ts: ecr.pullThroughCache.quay.lifecyclePolicy.rules: found []; a policy has at least one rule; add one
    environments/test.ts: ecr.pullThroughCache.quay.imageTagMutabilityExclusionFilters: found nothing; IMMUTABLE_WITH_EXCLUSION requires exclusion filters; add some or use IMMUTABLE
    environments/test.ts: ecr.pullThroughCache.quay.maxImageCount: found 5; lifecyclePolicy is also set and would take precedence; remove one of the two]
  `);
});

test("fails when production lets the tags of a cache move, unless there is a reason", () => {
  const production = { tier: "production", ecr: { encryptionType: "KMS" } } as const;
  const quay = { upstream: "quay" } as const;
  const exception = {
    rule: "immutable-tags",
    repository: "quay",
    reason: "We follow its stable tags.",
  } as const;

  expect(() => loadEnvironments(caching({ quay }, production))).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.pullThroughCache.quay.imageTagMutability: found "MUTABLE" (the default); production tags must be immutable; set imageTagMutability: "IMMUTABLE" or "IMMUTABLE_WITH_EXCLUSION", or state the reason in productionExceptions with rule: "immutable-tags"]`,
  );
  expect(
    loadEnvironments(caching({ quay }, { ...production, productionExceptions: [exception] })),
  ).toHaveLength(1);
  expect(
    loadEnvironments(caching({ quay: { ...quay, imageTagMutability: "IMMUTABLE" } }, production)),
  ).toHaveLength(1);
});

test("fails when the environments of a registry have more than fifty caches, at each that is too many", () => {
  const several = (count: number): Caches =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, { upstream: "quay" }]));
  const files = (count: number) => ({
    ...caching(several(30), { name: "blue" }),
    ...caching(several(count), { name: "green" }),
  });

  expect(loadEnvironments(files(20))).toHaveLength(2);
  expect(() => loadEnvironments(files(22))).toThrowErrorMatchingInlineSnapshot(`
    [ConfigurationError: environments/green.ts: ecr.pullThroughCache.c20: found "c20"; a registry allows 50 pull-through caches, across all environments in the account and Region; remove some
    environments/green.ts: ecr.pullThroughCache.c21: found "c21"; a registry allows 50 pull-through caches, across all environments in the account and Region; remove some]
  `);
});

test("fails when the caches of a registry let more roles import than its policy can hold", () => {
  const roles = (count: number) =>
    Array.from({ length: count }, (_, i) => `arn:aws:iam::111122223333:role/builds-of-team-${1000 + i}`);
  const files = (count: number) => ({
    ...caching({ quay: { upstream: "quay", pullRoleArns: roles(90) } }, { name: "blue" }),
    ...caching(
      { public: { upstream: "ecr-public" }, quay: { upstream: "quay", pullRoleArns: roles(count) } },
      { name: "green" },
    ),
  });

  expect(loadEnvironments(files(80))).toHaveLength(2);
  expect(() => loadEnvironments(files(110))).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/green.ts: ecr.pullThroughCache.quay.pullRoleArns: found "110 roles"; with the roles of all caches, the registry policy of 111122223333 in eu-west-1 would have 11059 characters, and ECR allows 10240; grant the permission in the policies of the roles]`,
  );
});

test("fails when replication would catch what a cache holds", () => {
  const app = { enableReplication: true, replicationDestinations: [{ region: "us-west-2" }] };
  const definitions = caching({ "app-cache": { upstream: "quay" } }, { ecr: { repositories: { app } } });

  expect(() => loadEnvironments(definitions)).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.repositories.app.replicationDestinations: found [{"region":"us-west-2"}]; replication filters are name prefixes, so replicating "acme-test-app" would also replicate "acme-test-app-cache/"; give both the same replicationDestinations or rename one of them]`,
  );
});

test("fails when the provider cannot exclude tags in a template", () => {
  const definitions = caching({
    quay: {
      upstream: "quay",
      imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
      imageTagMutabilityExclusionFilters: ["latest"],
    },
  });

  expect(loadEnvironments(definitions, "6.10.0")).toHaveLength(1);
  expect(() => loadEnvironments(definitions, "6.9.0")).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: ecr.pullThroughCache.quay.imageTagMutability: found "IMMUTABLE_WITH_EXCLUSION"; exclusion filters require AWS provider 6.10.0, and the configured version is 6.9.0; use IMMUTABLE or MUTABLE, or raise awsProviderVersion]`,
  );
});

test("synth warns of a cache that would expire the parts of images for several architectures", () => {
  const caches: Caches = { quay: { upstream: "quay", untaggedExpiryDays: 7 }, other: { upstream: "quay" } };

  expect(warningsOf(loadEnvironments(caching(caches)))).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.pullThroughCache.quay.untaggedExpiryDays: The images that a manifest list references are untagged, and this rule expires untagged images: ECR keeps them while the list exists, but a list that loses its tag is untagged too and expires with its images. [untagged-expiry-of-multi-architecture]",
    ]
  `);
});
