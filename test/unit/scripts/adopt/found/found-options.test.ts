import { expect, test } from "vitest";
import { foundOptions } from "../../../../../scripts/adopt/found/found-options";
import type { FoundRegistry, FoundRepository } from "../../../../../scripts/adopt/found/found-registry";
import { type Note, noteLine } from "../../../../../scripts/adopt/note";

const repository = (name: string, rest: Partial<FoundRepository> = {}): FoundRepository => ({
  ...{ name, imageTagMutability: "MUTABLE", exclusionFilters: [], encryptionType: "AES256" },
  ...{ scanOnPush: true, tags: {}, lifecyclePolicy: counting(5) },
  ...rest,
});

const counting = (countNumber: number, description = `Keep the ${countNumber} newest images`) =>
  JSON.stringify({
    rules: [
      {
        ...{ rulePriority: 1, description },
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber },
        action: { type: "expire" },
      },
    ],
  });

function adopt(
  repositories: readonly FoundRepository[],
  registry: Partial<FoundRegistry> = {},
  owned = (_: string) => true,
) {
  const notes: Note[] = [];
  const place = { accountId: "111122223333", region: "eu-west-1" };
  const choice = {
    project: "shop",
    environment: "dev",
    isOwned: owned,
    isTaken: (name: string) => name === "taken",
    isTakenPrefix: (prefix: string) => prefix === "taken",
  };
  const adopted = foundOptions({ ...place, repositories, others: [], ...registry }, choice, notes);
  return { ...adopted, notes: notes.map(noteLine) };
}

test("names that follow a pattern are short, and others are written out", () => {
  const dashes = adopt([repository("shop-dev-a"), repository("shop-dev-b")]);
  const slashes = adopt([repository("shop/dev/a"), repository("shop/dev/team/b"), repository("taken")]);
  const mixed = adopt([repository("shop-dev-a"), repository("b")]);

  expect([dashes.naming, Object.keys(dashes.ecr.repositories ?? {})]).toEqual([undefined, ["a", "b"]]);
  expect(slashes.naming).toEqual({ repository: "{project}/{environment}/{name}" });
  expect(Object.keys(slashes.ecr.repositories ?? {})).toEqual(["a", "team/b"]);
  expect(mixed.naming).toBeUndefined();
  expect(mixed.ecr.repositories).toMatchObject({ a: {}, b: { name: "b" } });
});

test("a repository whose full name is the short name of another one gets a short name of its own", () => {
  const { ecr } = adopt(
    ["api", "api-2", "shop-dev-api", "shop-dev-constructor"].map((name) => repository(name)),
  );

  expect(Object.entries(ecr.repositories ?? {}).map(([short, { name }]) => [short, name])).toEqual([
    ["api-2", "api"],
    ["api-2-2", "api-2"],
    ["api", undefined],
    ["constructor-2", "shop-dev-constructor"],
  ]);
});

test("settings become options, and policies stay as they are", () => {
  const policy = { Version: "2012-10-17", Statement: [] };
  const { ecr } = adopt([
    repository("shop-dev-a", {
      ...{ imageTagMutability: "IMMUTABLE_WITH_EXCLUSION", exclusionFilters: ["dev*"], scanOnPush: false },
      ...{ tags: { Owner: "x", Project: "y" }, policy: JSON.stringify(policy), forceDelete: true },
      lifecyclePolicy: counting(7, "Keep 7"),
    }),
    repository("shop-dev-b"),
    repository("shop-dev-c", { lifecyclePolicy: undefined as never }),
  ]);

  expect(ecr).toEqual({
    encryptionType: "AES256",
    repositories: {
      a: {
        imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters: ["dev*"],
        scanOnPush: false,
        lifecyclePolicy: counting(7, "Keep 7"),
        repositoryPolicy: policy,
        forceDelete: true,
        tags: { Owner: "x", Project: "y" },
      },
      b: { imageTagMutability: "MUTABLE", scanOnPush: true, maxImageCount: 5 },
      c: { imageTagMutability: "MUTABLE", scanOnPush: true, lifecyclePolicy: "none" },
    },
  });
});

test("the registry decides what is scanned and copied, and others keep their share", () => {
  const { ecr } = adopt(
    [repository("shop-dev-a"), repository("shop-dev-b"), repository("tool")],
    {
      scanning: {
        scanType: "ENHANCED",
        rules: [
          { scanFrequency: "CONTINUOUS_SCAN", filters: ["*-a"] },
          { scanFrequency: "SCAN_ON_PUSH", filters: ["tool"] },
        ],
      },
      replication: [
        {
          filters: ["shop-dev"],
          destinations: [
            { region: "us-east-1", registryId: "111122223333" },
            { region: "us-east-1", registryId: "444455556666" },
          ],
        },
      ],
    },
    (name) => name.startsWith("shop"),
  );

  const replication = {
    enableReplication: true,
    replicationDestinations: [{ region: "us-east-1" }, { region: "us-east-1", registryId: "444455556666" }],
  };
  expect(ecr.repositories).toMatchObject({
    a: { scanOnPush: true, enableEnhancedScanning: true, scanFrequency: "CONTINUOUS_SCAN", ...replication },
    b: { scanOnPush: false, ...replication },
  });
  expect(ecr.unmanagedRepositories).toEqual({
    tool: { scanOnPush: true, enableEnhancedScanning: true, scanFrequency: "SCAN_ON_PUSH" },
  });
});

test("repositories that are encrypted otherwise than most are unmanaged, because AWS cannot change that", () => {
  const { ecr, notes } = adopt([
    repository("shop-dev-a", { encryptionType: "KMS", kmsKey: "arn:k" }),
    repository("shop-dev-b", { encryptionType: "KMS", kmsKey: "arn:k" }),
    repository("shop-dev-c"),
  ]);

  expect(ecr).toMatchObject({
    encryptionType: "KMS",
    kmsKeyArn: "arn:k",
    unmanagedRepositories: { "shop-dev-c": {} },
  });
  expect(notes).toMatchInlineSnapshot(`
    [
      "loss: shop-dev-c: found "AES256"; an environment has one kind of encryption and one key, and a repository keeps its own; this environment gets KMS with arn:k, so this one is declared as unmanaged; adopt it into another environment with --repository",
    ]
  `);
});
