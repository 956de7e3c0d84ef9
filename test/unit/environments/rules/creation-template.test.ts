import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import type { EcrInput } from "../../../support/environments/one-repository";

type Templates = NonNullable<EcrInput["creationTemplates"]>;

const having = (creationTemplates: Templates, change: Partial<EnvironmentInput> = {}) =>
  only({ ...minimal, ...change, ecr: { ...change.ecr, creationTemplates } });

const replicated: Templates[string] = { appliedFor: ["REPLICATION"] };
const pushed: Templates[string] = { appliedFor: ["CREATE_ON_PUSH"] };

test("a template has the defaults of other repositories", () => {
  const [environment] = loadEnvironments(having({ ROOT: replicated }));

  expect(environment?.ecr.creationTemplates).toEqual({
    ROOT: {
      appliedFor: ["REPLICATION"],
      imageTagMutability: "MUTABLE",
      imageTagMutabilityExclusionFilters: [],
      protectedTags: [],
      lifecycleRules: [],
      lifecyclePolicy: null,
    },
  });
});

test.each([
  "ROOT",
  "te",
  "team/tools",
  "a.b_c__d---e",
  "7",
  "Team",
  "team/",
  "/team",
  "a..b",
  "root",
  "x".repeat(257),
])("of the prefix %s, the rules of ECR decide", (prefix) => {
  const wrong = ["7", "Team", "team/", "/team", "a..b", "x".repeat(257)];

  expect(messageOf(having({ [prefix]: replicated })) !== "").toBe(wrong.includes(prefix));
});

test("fails when a template applies to nothing, or to what it is not for", () => {
  const definitions = having({
    none: { appliedFor: [] },
    "team/": replicated,
    cache: { appliedFor: ["PULL_THROUGH_CACHE" as never] },
    twice: { appliedFor: ["REPLICATION", "REPLICATION"] },
    mode: { ...replicated, imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" },
  });

  expect(messageOf(definitions)).toMatchInlineSnapshot(`
    "environments/test.ts: ecr.creationTemplates.cache.appliedFor[0]: found "PULL_THROUGH_CACHE"; this must be one of REPLICATION, CREATE_ON_PUSH; choose one
    environments/test.ts: ecr.creationTemplates.twice.appliedFor[1]: found "REPLICATION"; this feature is listed twice; remove it here
    environments/test.ts: ecr.creationTemplates.none.appliedFor: found []; a template that applies to nothing has no effect; add REPLICATION or CREATE_ON_PUSH
    environments/test.ts: ecr.creationTemplates["team/"]: found "team/"; ECR adds the slash after the prefix itself; leave it out
    environments/test.ts: ecr.creationTemplates.mode.imageTagMutabilityExclusionFilters: found nothing; IMMUTABLE_WITH_EXCLUSION requires exclusion filters; add some or use IMMUTABLE"
  `);
});

test("fails when a prefix has a template or a cache already, with both files named", () => {
  const cache = { quay: { upstream: "quay" }, root: { upstream: "quay", prefix: "ROOT" } } as const;
  const definitions = {
    ...having(
      { team: replicated, ROOT: pushed, "acme-blue-quay": replicated },
      { name: "blue", ecr: { pullThroughCache: cache } },
    ),
    ...having({ team: replicated, "team/a": replicated }, { name: "green" }),
    ...having({ team: replicated, ROOT: replicated }, { name: "red", region: "eu-central-1" }),
  };

  expect(messageOf(definitions)).toMatchInlineSnapshot(`
    "environments/blue.ts: ecr.creationTemplates.ROOT: found "ROOT"; a registry has one template for each prefix, and ecr.pullThroughCache.root in environments/blue.ts has this one for the same account and Region; remove one of the two, or use a longer prefix
    environments/blue.ts: ecr.creationTemplates["acme-blue-quay"]: found "acme-blue-quay"; a registry has one template for each prefix, and ecr.pullThroughCache.quay in environments/blue.ts has this one for the same account and Region; remove one of the two, or use a longer prefix
    environments/green.ts: ecr.creationTemplates.team: found "team"; a registry has one template for each prefix, and ecr.creationTemplates.team in environments/blue.ts has this one for the same account and Region; remove one of the two, or use a longer prefix"
  `);
});

test("fails when production has mutable tags in repositories that ECR creates", () => {
  const production: Partial<EnvironmentInput> = {
    tier: "production",
    state: { backend: "s3", bucket: "acme-tfstate" },
    ecr: { encryptionType: "KMS" },
  };

  expect(messageOf(having({ team: replicated }, production))).toMatchInlineSnapshot(
    `"environments/test.ts: ecr.creationTemplates.team.imageTagMutability: found "MUTABLE" (the default); production tags must be immutable; set imageTagMutability: "IMMUTABLE" or "IMMUTABLE_WITH_EXCLUSION", or state the reason in productionExceptions with rule: "immutable-tags""`,
  );
  expect(messageOf(having({ team: { ...replicated, imageTagMutability: "IMMUTABLE" } }, production))).toBe(
    "",
  );
});

test.each([
  [
    "5.100.0",
    pushed,
    'ecr.creationTemplates.team.appliedFor[0]: found "CREATE_ON_PUSH"; repository creation templates for CREATE_ON_PUSH require AWS provider 6.28.0, and the configured version is 5.100.0; create the repositories in ecr.repositories, or raise awsProviderVersion',
  ],
  ["6.27.0", pushed, "require AWS provider 6.28.0"],
  ["6.28.0", pushed, ""],
  ["5.100.0", replicated, ""],
  [
    "6.9.0",
    {
      ...replicated,
      imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
      imageTagMutabilityExclusionFilters: ["dev-*"],
    },
    "exclusion filters require AWS provider 6.10.0",
  ],
] as const)("with provider %s, the versions of what a template uses count", (version, template, message) => {
  const found = messageOf(having({ team: template as Templates[string] }), version);

  if (message === "") expect(found).toBe("");
  else expect(found).toContain(message);
});
