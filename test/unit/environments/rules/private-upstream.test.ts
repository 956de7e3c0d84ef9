import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import type { EcrInput } from "../../../support/environments/one-repository";

type Caches = NonNullable<EcrInput["pullThroughCache"]>;

const caching = (caches: Caches, change: Partial<EnvironmentInput> = {}) =>
  only({ ...minimal, ...change, ecr: { ...change.ecr, pullThroughCache: caches } });

const accepted: Caches = {
  account: { upstream: "ecr", registryId: "444455556666" },
  region: { upstream: "ecr", region: "us-east-1" },
  both: { upstream: "ecr", registryId: "444455556666", region: "us-east-1", upstreamPrefix: "team/tools" },
  all: { upstream: "ecr", registryId: "444455556666", upstreamPrefix: "ROOT" },
  root: { upstream: "ecr", registryId: "444455556666", prefix: "ROOT" },
};

test.each(Object.entries(accepted))("a cache of a private registry takes %s", (name, cache) => {
  expect(messageOf(caching({ [name]: cache }))).toBe("");
});

test("a cache of a public registry may have the prefix ROOT, too", () => {
  expect(messageOf(caching({ quay: { upstream: "quay", prefix: "ROOT" } }))).toBe("");
});

test("fails when the upstream is the registry of the cache, or one of another partition", () => {
  const definitions = caching({
    self: { upstream: "ecr" },
    same: { upstream: "ecr", registryId: "111122223333", region: "eu-west-1" },
    china: { upstream: "ecr", registryId: "444455556666", region: "cn-north-1" },
  });

  expect(messageOf(definitions)).toMatchInlineSnapshot(`
    "environments/test.ts: ecr.pullThroughCache.self.upstream: found "ecr"; this is the registry of the cache itself; set registryId or region to another account or Region
    environments/test.ts: ecr.pullThroughCache.same.upstream: found "ecr"; this is the registry of the cache itself; set registryId or region to another account or Region
    environments/test.ts: ecr.pullThroughCache.china.region: found "cn-north-1"; ECR reads only registries of its own partition; use a Region in the partition aws"
  `);
});

test("fails when options of a private registry are of no use, or exclude each other", () => {
  const definitions = caching({
    quay: { upstream: "quay", registryId: "444455556666", region: "us-east-1", upstreamPrefix: "team" },
    hub: { upstream: "ecr", region: "us-east-1", credentials: "hub", host: "acmeimages.azurecr.io" },
    root: { upstream: "ecr", region: "us-east-1", prefix: "ROOT", upstreamPrefix: "team" },
    typo: { upstream: "ecr", region: "us-east-1", upstreamPrefix: "Team/", prefix: "root" as never },
  });

  expect(messageOf(definitions)).toMatchInlineSnapshot(`
    "environments/test.ts: ecr.pullThroughCache.typo.upstreamPrefix: found "Team/"; a prefix has 2 to 30 lowercase letters and digits, with separators and slashes between them; use a prefix such as team or ROOT
    environments/test.ts: ecr.pullThroughCache.typo.prefix: found "root"; this can only be ROOT; use "ROOT"
    environments/test.ts: ecr.pullThroughCache.quay.registryId: found "444455556666"; quay is no private registry of ECR; remove this option
    environments/test.ts: ecr.pullThroughCache.quay.region: found "us-east-1"; quay is no private registry of ECR; remove this option
    environments/test.ts: ecr.pullThroughCache.quay.upstreamPrefix: found "team"; quay is no private registry of ECR; remove this option
    environments/test.ts: ecr.pullThroughCache.hub.credentials: found "hub"; ecr does not use credentials; remove them
    environments/test.ts: ecr.pullThroughCache.hub.host: found "acmeimages.azurecr.io"; the host of a private registry follows from registryId and region; remove this option
    environments/test.ts: ecr.pullThroughCache.root.upstreamPrefix: found "team"; ECR allows an upstream prefix only for a cache with a prefix of its own; remove prefix or upstreamPrefix"
  `);
});

test("fails when two environments of a registry have a cache with the prefix ROOT, with both files named", () => {
  const caches: Caches = { root: { upstream: "ecr", region: "us-east-1", prefix: "ROOT" } };
  const definitions = (region: string) => ({
    ...caching(caches, { name: "blue" }),
    ...caching(caches, { name: "green", region }),
  });

  expect(messageOf(definitions("eu-west-1"))).toMatchInlineSnapshot(
    `"environments/green.ts: ecr.pullThroughCache.root.prefix: found "ROOT"; a registry has one cache with the prefix ROOT, and environments/blue.ts declares one for the same account and Region; remove one of the two"`,
  );
  expect(messageOf(definitions("eu-central-1"))).toBe("");
});

test("fails when a consumer runs an image of the cache with the prefix ROOT", () => {
  const image = { repository: "root/team/app", tag: "v1" };
  const definitions = caching(
    { root: { upstream: "ecr", region: "us-east-1", prefix: "ROOT" } },
    { ecs: { services: { web: { image, cpu: 256, memory: 512, port: 80 } } }, network: undefined as never },
  );

  expect(messageOf(definitions)).toContain(
    'found "root/team/app"; the repositories of the cache "root" have the prefix ROOT and may be anyone\'s, so consumers may not pull from them; use a cache without prefix',
  );
});

test("synth warns of a cache that covers the whole registry", () => {
  const warnings = (cache: Caches[string]) => warningsOf(loadEnvironments(caching({ root: cache })));

  expect(warnings({ upstream: "ecr", region: "us-east-1", prefix: "ROOT" })).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecr.pullThroughCache.root.prefix: The prefix ROOT covers every repository of the registry that no other cache covers, also those of other teams: a pull of a name that exists upstream (ecr) may import that image. Use immutable tags, or a cache without prefix. [root-cache-covers-registry]",
    ]
  `);
  expect(warnings({ upstream: "ecr", region: "us-east-1" })).toEqual([]);
});

test("the boundary of a pipeline has less space for workload actions when it lets roles fill caches", () => {
  const actions = (count: number) =>
    Array.from({ length: count }, (_, index) => `s3:Action${"x".repeat(index + 1)}`);
  const message = (caches: Caches) =>
    messageOf(
      caching(caches, {
        state: { backend: "s3", bucket: "acme-tfstate" },
        security: {
          ci: { deploy: { trust: [{ github: "acme/app", branch: "main" }], workloadActions: actions(75) } },
        },
      }),
    );

  expect(message({})).toBe("");
  expect(message(accepted)).toMatchInlineSnapshot(
    `"environments/test.ts: security.ci.deploy.workloadActions: found "75 actions"; the actions have 3751 characters, and the permissions boundary has space for 2558; use fewer actions, with a * at the end"`,
  );
});
