import { expect, test } from "vitest";
import { messageOf } from "../../../../support/environments/load-message";
import { minimal, only } from "../../../../support/environments/minimal";

const target = { region: "us-west-2", registryId: "444455556666" };
const tools = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `team/${"x".repeat(200)}-${100 + index}`,
      { enableReplication: true, replicationDestinations: [target] },
    ]),
  );
const replicating = (count: number) => only({ ...minimal, ecr: { unmanagedRepositories: tools(count) } });
const backup = (ecr = {}) =>
  only({ ...minimal, name: "backup", accountId: target.registryId, region: target.region, ecr });

test("a registry policy can be as long as ECR allows", () => {
  expect(messageOf({ ...replicating(35), ...backup() })).toBe("");
});

test("fails when the names that another account replicates make the registry policy too long", () => {
  expect(messageOf({ ...replicating(40), ...backup() })).toMatchInlineSnapshot(
    `"environments/test.ts: ecr.unmanagedRepositories: found "40 names"; with these names, the registry policy of 444455556666 in us-west-2 would have 10511 characters, and ECR allows 10240; replicate fewer of these repositories there"`,
  );
});

test("fails when the policy to hand over would be too long", () => {
  expect(messageOf(replicating(40))).toMatchInlineSnapshot(
    `"environments/test.ts: ecr.unmanagedRepositories: found "40 names"; with these names, the registry policy of 444455556666 in us-west-2 would have 10534 characters, and ECR allows 10240; replicate fewer of these repositories there"`,
  );
});

test("fails when replication and the roles of caches together make the registry policy too long", () => {
  const pullRoleArns = Array.from(
    { length: 90 },
    (_, index) => `arn:aws:iam::444455556666:role/builds-of-team-${1000 + index}`,
  );
  const caching = backup({ pullThroughCache: { quay: { upstream: "quay", pullRoleArns } } });

  expect(messageOf(caching)).toBe("");
  expect(messageOf({ ...replicating(20), ...caching })).toMatchInlineSnapshot(
    `"environments/test.ts: ecr.unmanagedRepositories: found "20 names"; with these names, the registry policy of 444455556666 in us-west-2 would have 10333 characters, and ECR allows 10240; replicate fewer of these repositories there"`,
  );
});

test("fails when what caches of other accounts read makes the registry policy too long", () => {
  const readers = Array.from({ length: 4 }, (_, index) => {
    const pullThroughCache = Object.fromEntries(
      Array.from({ length: 40 }, (__, cache) => [
        `c${cache}`,
        {
          ...({ upstream: "ecr", registryId: target.registryId, region: target.region } as const),
          upstreamPrefix: `${"u".repeat(25)}${100 + cache}`,
        },
      ]),
    );
    return only({
      ...minimal,
      name: `r${index}`,
      accountId: `22223333444${index}`,
      ecr: { pullThroughCache },
    });
  });

  expect(messageOf(Object.assign({}, ...readers, backup()))).toMatchInlineSnapshot(
    `"environments/r0.ts: ecr.pullThroughCache: found "40 caches"; with what its caches read there, the registry policy of 444455556666 in us-west-2 would have 13598 characters, and ECR allows 10240; use fewer caches of this registry, with shorter upstreamPrefix"`,
  );
});
