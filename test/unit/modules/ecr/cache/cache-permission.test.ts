import { expect, test } from "vitest";
import { cacheImports, cachePermission } from "../../../../../modules/ecr/cache/cache-permission";
import { templatePermission } from "../../../../../modules/ecr/cache/template-permission";
import { type Call, isAllowed } from "../../../../support/iam-evaluator";

const arn = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`;
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const key = "arn:aws:kms:eu-west-1:111122223333:key/1";

const hub = arn("acme-test-docker-hub/*");
const cached = arn("acme-test-docker-hub/library/nginx");

test.each(["ecr:BatchImportUpstreamImage", "ecr:CreateRepository", "ecr:TagResource"])(
  "who pulls through a cache may call %s on what the cache holds, and on nothing else",
  (action) => {
    const statements = cachePermission([hub]);

    expect(isAllowed(statements, { action, resource: cached })).toBe(true);
    for (const other of ["acme-test-docker-hub", "acme-test-docker-hub-2/nginx", "acme-test-app", "x"])
      expect(isAllowed(statements, { action, resource: arn(other) })).toBe(false);
  },
);

test.each(["ecr:PutImage", "ecr:DeleteRepository", "ecr:BatchDeleteImage", "ecr:CreatePullThroughCacheRule"])(
  "who pulls through a cache may not call %s",
  (action) => {
    expect(isAllowed(cachePermission([hub]), { action, resource: cached })).toBe(false);
  },
);

test("nothing is granted when there is no cache", () => {
  expect([cachePermission([]), cacheImports([])]).toEqual([[], []]);
});

test("the order of the caches makes no difference to a role's policy", () => {
  const [a, b] = [arn("a/*"), arn("b/*")];

  expect(cachePermission([b, a])).toEqual(cachePermission([a, b]));
});

test("the registry allows the roles of a cache, and nobody else, to import into it", () => {
  const statements = cacheImports([
    { cacheArn: arn("acme-test-quay/*"), roleArns: [role("other")] },
    { cacheArn: hub, roleArns: [role("build")] },
    { cacheArn: arn("acme-test-open/*"), roleArns: [] },
  ]);
  const call = (action: string, name: string, resource: string): Call => ({
    action,
    resource,
    principal: { AWS: role(name) },
  });

  for (const action of ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"]) {
    expect(isAllowed(statements, call(action, "build", cached))).toBe(true);
    expect(isAllowed(statements, call(action, "other", cached))).toBe(false);
    expect(isAllowed(statements, call(action, "build", arn("acme-test-quay/x")))).toBe(false);
    expect(isAllowed(statements, call(action, "build", arn("acme-test-open/x")))).toBe(false);
  }
  expect(isAllowed(statements, call("ecr:ReplicateImage", "build", cached))).toBe(false);
});

test("statements of the registry have distinct Sids, whatever the order of the caches", () => {
  const caches = ["b", "a"].map((name) => ({ cacheArn: arn(`${name}/*`), roleArns: [role("build")] }));

  expect(cacheImports(caches).map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
    ["PullThroughCache1", [arn("a/*")]],
    ["PullThroughCache2", [arn("b/*")]],
  ]);
  expect(cacheImports(caches.toReversed())).toEqual(cacheImports(caches));
});

test("the template role creates repositories of the environment and grants on its key, and nothing else", () => {
  const statements = templatePermission([arn("acme-test-*")], key);

  for (const action of ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"]) {
    expect(isAllowed(statements, { action, resource: cached })).toBe(true);
    expect(isAllowed(statements, { action, resource: arn("acme-prod-quay/x") })).toBe(false);
  }
  for (const action of ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"]) {
    expect(isAllowed(statements, { action, resource: key })).toBe(true);
    expect(isAllowed(statements, { action, resource: `${key}0` })).toBe(false);
  }
  expect(isAllowed(statements, { action: "kms:Decrypt", resource: key })).toBe(false);
  expect(isAllowed(statements, { action: "ecr:PutImage", resource: cached })).toBe(false);
});

test("the template role has no key permissions when there is no key", () => {
  const statements = templatePermission([arn("acme-test-*")]);

  expect(isAllowed(statements, { action: "kms:CreateGrant", resource: key })).toBe(false);
});
