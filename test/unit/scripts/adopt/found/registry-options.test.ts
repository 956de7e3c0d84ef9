import { expect, test } from "vitest";
import type { FoundSettings, FoundTemplate } from "../../../../../scripts/adopt/found/found-settings";
import { filledPattern } from "../../../../../scripts/adopt/found/name-pattern";
import { registryOptions } from "../../../../../scripts/adopt/found/registry-options";
import { type Note, noteLine } from "../../../../../scripts/adopt/note";

const template = (prefix: string, rest: Partial<FoundTemplate> = {}): FoundTemplate => ({
  ...{ prefix, appliedFor: ["PULL_THROUGH_CACHE"], imageTagMutability: "IMMUTABLE", exclusionFilters: [] },
  ...{ encryptionType: "AES256", tags: {} },
  ...rest,
});

function adopt(settings: Partial<FoundSettings>, known: readonly [string, string][] = []) {
  const notes: Note[] = [];
  const pattern = filledPattern("{project}-{environment}-{name}", { project: "shop", environment: "dev" });
  const place = { accountId: "111122223333", region: "eu-west-1", pattern, known: new Map(known) };
  const all = { caches: [], templates: [], accountSettings: {}, pullTimeExclusions: [], ...settings };
  const { options, cachePrefixes } = registryOptions(all, place, "AES256", notes);
  return { options, prefixes: [...cachePrefixes], notes: notes.map(noteLine) };
}

test("a cache has its short name, its upstream, and what its template says", () => {
  const { options, prefixes, notes } = adopt({
    caches: [
      { prefix: "shop-dev-quay", upstream: "quay.io" },
      {
        prefix: "shop-dev-team",
        upstream: "444455556666.dkr.ecr.us-east-1.amazonaws.com",
        upstreamPrefix: "team",
      },
      { prefix: "ROOT", upstream: "https://public.ecr.aws" },
    ],
    templates: [template("shop-dev-quay")],
  });

  expect(notes).toEqual([]);
  expect(prefixes).toEqual(["shop-dev-quay", "shop-dev-team", "ROOT"]);
  const plain = { imageTagMutability: "MUTABLE", lifecyclePolicy: "none" };
  expect(options.pullThroughCache).toEqual({
    quay: { upstream: "quay", imageTagMutability: "IMMUTABLE", lifecyclePolicy: "none" },
    team: {
      upstream: "ecr",
      registryId: "444455556666",
      region: "us-east-1",
      upstreamPrefix: "team",
      ...plain,
    },
    root: { upstream: "ecr-public", prefix: "ROOT", ...plain },
  });
});

test("a cache that the environment has keeps its short name", () => {
  const caches = [{ prefix: "shop-dev-quay", upstream: "quay.io" }];

  expect(Object.keys(adopt({ caches }, [["shop-dev-quay", "quay"]]).options.pullThroughCache ?? {})).toEqual([
    "quay",
  ]);
});

test("a cache that no option corresponds to is listed, with what it needs", () => {
  const { options, notes } = adopt({
    caches: [
      { prefix: "shop-dev-hub", upstream: "registry-1.docker.io", credentialArn: "arn:secret" },
      { prefix: "other", upstream: "quay.io" },
      { prefix: "shop-dev-x", upstream: "example.com" },
    ],
    templates: [template("other")],
  });

  expect(options).toEqual({});
  expect(notes.map((line) => line.replace(/(.{110}).*/, "$1…"))).toMatchInlineSnapshot(`
    [
      "loss: pull-through cache shop-dev-hub of registry-1.docker.io: its credentials are in arn:secret, which this p…",
      "loss: pull-through cache other of quay.io: no short name gives this prefix: naming.repository is {project}-{en…",
      "loss: pull-through cache shop-dev-x of example.com: this project does not support this upstream, so the cache …",
      "loss: repository creation template other: it is for a pull-through cache that the file does not declare, so it…",
    ]
  `);
});

test("a template of REPLICATION or CREATE_ON_PUSH is declared, and what gets lost is listed", () => {
  const { options, notes } = adopt({
    templates: [
      template("team", { appliedFor: ["REPLICATION"], repositoryPolicy: "{}", tags: { A: "b" } }),
      template("both", { appliedFor: ["PULL_THROUGH_CACHE", "REPLICATION"] }),
      template("kms", { appliedFor: ["CREATE_ON_PUSH"], encryptionType: "KMS" }),
    ],
  });

  expect(options).toEqual({
    creationTemplates: {
      team: { appliedFor: ["REPLICATION"], imageTagMutability: "IMMUTABLE", lifecyclePolicy: "none" },
      kms: { appliedFor: ["CREATE_ON_PUSH"], imageTagMutability: "IMMUTABLE", lifecyclePolicy: "none" },
    },
  });
  expect(notes.map((line) => line.split(", and")[0])).toMatchInlineSnapshot(`
    [
      "loss: repository creation template team: no option corresponds to its repository policy, so new repositories get none; to keep it, leave the template out of the file",
      "loss: repository creation template team: its tags A are replaced by those of the environment; declare them in tags of the environment, or leave the template out of the file",
      "loss: repository creation template both: it is also for a pull-through cache that the file does not declare",
      "loss: repository creation template kms: it encrypts new repositories with KMS",
    ]
  `);
});

test("account settings and exclusions become options, and AWS's defaults stay out of the file", () => {
  const { options, notes } = adopt({
    accountSettings: {
      BASIC_SCAN_TYPE_VERSION: "AWS_NATIVE",
      REGISTRY_POLICY_SCOPE: "V1",
      BLOB_MOUNTING: "DISABLED",
    },
    pullTimeExclusions: ["arn:aws:iam::111122223333:role/b", "arn:aws:iam::111122223333:role/a"],
  });

  expect(options).toEqual({
    accountSettings: { basicScanTypeVersion: "AWS_NATIVE" },
    pullTimeExclusions: ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"],
  });
  expect(notes).toEqual([
    'loss: account setting REGISTRY_POLICY_SCOPE: found "V1"; no option has this value, so the setting stays as it is',
  ]);
});

const imports = (roles: string | string[], prefix: string, rest: object = {}) => ({
  ...{ Sid: "I", Effect: "Allow", Principal: { AWS: roles } },
  ...{ Action: ["ecr:CreateRepository", "ecr:BatchImportUpstreamImage"] },
  Resource: [`arn:aws:ecr:eu-west-1:111122223333:repository/${prefix}/*`],
  ...rest,
});
const policyOf = (...statements: object[]) => ({
  caches: [{ prefix: "shop-dev-quay", upstream: "quay.io" }],
  policy: { text: JSON.stringify({ Version: "2012-10-17", Statement: statements }) },
});

test("a registry policy that lets roles import becomes pullRoleArns", () => {
  const [a, b] = ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"];
  const { options, notes } = adopt(
    policyOf(imports(a ?? "", "shop-dev-quay"), imports([a ?? "", b ?? ""], "shop-dev-quay")),
  );

  expect(options.pullThroughCache?.["quay"]?.pullRoleArns).toEqual([a, b]);
  expect(notes).toEqual([]);
});

test.each([
  [
    "another statement",
    { Action: "ecr:ReplicateImage", Principal: { AWS: "arn:aws:iam::444455556666:root" } },
  ],
  ["a condition", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a" } } }],
  ["a cache that is not declared", { Resource: "arn:aws:ecr:eu-west-1:111122223333:repository/other/*" }],
  ["a principal that is no role", { Principal: "*" }],
  ["a denial", { Effect: "Deny" }],
])("with %s, no part of a registry policy is taken, and every statement is listed", (_, change) => {
  const role = "arn:aws:iam::111122223333:role/a";
  const { options, notes } = adopt(
    policyOf(imports(role, "shop-dev-quay"), imports(role, "shop-dev-quay", { ...change, Sid: "Other" })),
  );

  expect(options.pullThroughCache?.["quay"]).not.toHaveProperty("pullRoleArns");
  expect(notes).toHaveLength(2);
  expect(notes[1]).toMatch(/^loss: registry policy, statement Other: .*registryOwner: "other-project"$/);
});
