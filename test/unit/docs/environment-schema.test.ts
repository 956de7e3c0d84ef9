import { Ajv2020 } from "ajv/dist/2020";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type EnvironmentInput, EnvironmentOptions } from "../../../environments/options/environment";
import { annotatedSchema, environmentJsonSchema } from "../../../scripts/docs/option-schema";
import { sectionsOf } from "../../../scripts/docs/option-sections";

const dev: EnvironmentInput = {
  name: "dev",
  project: "myproject",
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "local" },
  ecr: { repositories: { worker: { maxImageCount: 20, lifecyclePolicy: null } } },
};

const prod: EnvironmentInput = {
  name: "prod",
  project: "myproject",
  accountId: "987654321098",
  region: "us-east-1",
  tier: "production",
  deletionProtection: true,
  state: {
    backend: "s3",
    bucket: "myproject-prod-tfstate",
    keyPrefix: "teams/platform",
    createBucket: false,
  },
  tags: { CostCenter: "1234" },
  security: {
    kms: {
      deletionWindowInDays: 7,
      administrators: ["arn:aws:iam::987654321098:role/myproject-prod-ci-deploy"],
    },
    secrets: { "docker-hub": { description: "Pulls", recoveryWindowInDays: 7, pullThroughCache: true } },
    ci: {
      github: { provider: "existing" },
      gitlab: { url: "https://gitlab.example.com", audience: "aws" },
      push: { app: { repositories: ["web-app"], trust: [{ gitlab: "acme/shop/app", tag: "v*" }] } },
      plan: { trust: [{ github: "acme/app", pullRequest: true }] },
      deploy: {
        trust: [{ github: "acme@12/app@34", environment: "production" }],
        workloadActions: ["s3:GetObject"],
      },
    },
  },
  ecr: {
    encryptionType: "KMS",
    logRetentionDays: 90,
    repositories: {
      "web-app": {
        imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters: ["dev-*"],
        enableEnhancedScanning: true,
        scanFrequency: "CONTINUOUS_SCAN",
        maxImageCount: 100,
        forceDelete: true,
        enableCrossAccountAccess: true,
        allowedAccountIds: ["123456789012"],
        enableReplication: true,
        replicationDestinations: [{ region: "us-west-2", registryId: "123456789012" }],
        repositoryPolicyStatements: [
          {
            sid: "PullFromOrg",
            actions: ["ecr:BatchGetImage"],
            principals: [{ type: "*", identifiers: ["*"] }],
            conditions: [{ test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] }],
          },
        ],
      },
    },
  },
  productionExceptions: [{ rule: "no-force-delete", reason: "A reason of some length." }],
};

// Strict, so that a keyword of our own that leaks into the schema is an error here.
const matchesJsonSchema = new Ajv2020({ strict: true }).compile(environmentJsonSchema());

/** Whether zod likes the shape. Our own rules report "custom" issues, and JSON Schema knows nothing of them. */
function hasShape(input: unknown): boolean {
  const issues = EnvironmentOptions.safeParse(input).error?.issues ?? [];
  return issues.every(({ code }) => code === "custom");
}

/** A copy of `prod` with another value at a path; `undefined` takes the option away. */
function prodWith(path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(prod);
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy);
  (parent as Record<string, unknown>)[path.at(-1) ?? ""] = value;
  return copy;
}

function pathsIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [[key], ...pathsIn(child).map((p) => [key, ...p])]);
}

test.each([
  ["dev", dev],
  ["prod", prod],
])("zod and the JSON Schema accept %s", (_, input) => {
  expect([EnvironmentOptions.safeParse(input).success, matchesJsonSchema(input)]).toEqual([true, true]);
});

const webApp = ["ecr", "repositories", "web-app"];

test.each([
  ["an unknown option", ["encryption"], "KMS"],
  ["an unknown option of a repository", [...webApp, "scanFrequancy"], "MANUAL"],
  ["a missing option", ["accountId"], undefined],
  ["a missing option of a list entry", [...webApp, "replicationDestinations", "0", "region"], undefined],
  ["a word that is not in the list", [...webApp, "imageTagMutability"], "immutable"],
  ["a number that is not in the list", ["ecr", "logRetentionDays"], 31],
  ["a number out of range", ["security", "kms", "deletionWindowInDays"], 6],
  ["a fraction", [...webApp, "maxImageCount"], 1.5],
  ["a number in quotes", [...webApp, "maxImageCount"], "100"],
  ["a boolean in quotes", [...webApp, "scanOnPush"], "true"],
  ["an account id of eleven digits", [...webApp, "allowedAccountIds", "0"], "12345678901"],
  ["a Region that does not exist", ["region"], "us-easst-1"],
  ["a list that is too short", [...webApp, "repositoryPolicyStatements", "0", "actions"], []],
  ["a list that is too long", [...webApp, "imageTagMutabilityExclusionFilters"], [..."abcdef"]],
  ["a tag key of AWS", ["tags", "aws:owner"], "me"],
  ["a bucket beside local state", ["state", "backend"], "local"],
  ["a list instead of an object", ["ecr", "repositories"], []],
  ["an object instead of JSON text", [...webApp, "lifecyclePolicy"], { rules: [] }],
  ["null", ["security"], null],
])("zod and the JSON Schema refuse %s", (_, path, value) => {
  const input = prodWith(path, value);

  expect([hasShape(input), matchesJsonSchema(input)]).toEqual([false, false]);
});

test("a rule between options is left to zod", () => {
  const input = prodWith([...webApp, "enableEnhancedScanning"], false);

  expect([EnvironmentOptions.safeParse(input).success, matchesJsonSchema(input)]).toEqual([false, true]);
});

test("zod and the JSON Schema agree on any value at any place", () => {
  fc.assert(
    fc.property(fc.constantFrom(...pathsIn(prod)), fc.jsonValue(), (path, value) => {
      const input = prodWith(path, value);
      expect(matchesJsonSchema(input)).toBe(hasShape(input));
    }),
  );
});

test("every default is legal where it stands", () => {
  const lenient = new Ajv2020({ strict: false });
  const options = sectionsOf(annotatedSchema())
    .flatMap(({ forms }) => forms)
    .flatMap((form) => form.options)
    .filter(({ schema }) => schema.default !== undefined);

  expect(options.filter(({ schema }) => !lenient.validate(schema, schema.default))).toEqual([]);
});
