import fc from "fast-check";
import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../environments/options/environment";
import { ConfigurationError } from "../../environments/schema/problem";
import { only } from "../support/environments/minimal";
import type { RepositoryInput } from "../support/environments/one-repository";
import { everyConsumer } from "../support/every-consumer";
import { measuredPolicies } from "../support/policies/measured-policies";
import { runs } from "../support/property-runs";
import { stacksOf } from "../support/review/edited-stacks";

interface Size {
  readonly repositories: number;
  /** In other Regions. */
  readonly destinations: number;
  readonly publicRepositories: number;
  readonly stateShards: number;
  /** How many repositories one push role, one service role and one reader get each. */
  readonly shared: number;
  readonly secrets: number;
  readonly nameLength: number;
}

const regions = ["eu-west-1", "us-west-2", "ap-southeast-2", "ap-northeast-1", "sa-east-1", "eu-north-1"];
const { security, ecr = {}, ecs, lambda } = everyConsumer;
const reader = "arn:aws:iam::222233334444:role/acme/full/acme-full-lambda-resize";

/** `everyConsumer` with more of everything that policies name. */
function environmentOf(size: Size): EnvironmentInput {
  const names = Array.from({ length: size.repositories }, (_, index) =>
    `r${index}`.padEnd(size.nameLength, "-name").replace(/-+$/, "x"),
  );
  const options = (index: number): RepositoryInput => ({
    imageTagMutability: "IMMUTABLE",
    enableLambdaPull: true,
    ...(size.destinations > 0 && {
      enableReplication: true,
      replicationDestinations: regions.slice(0, size.destinations).map((region) => ({ region })),
    }),
    ...(index < size.shared && { pullRoleArns: [reader] }),
  });
  const publicNames = Array.from({ length: size.publicRepositories }, (_, index) => `public-${index}`);
  const secretNames = Array.from({ length: size.secrets }, (_, index) => `secret-${index}`);
  const image = (name: string) => ({ repository: name, digest: `sha256:${"0123456789abcdef".repeat(4)}` });
  const consumers = names.slice(0, Math.min(size.shared, 30));
  return {
    ...everyConsumer,
    security: {
      ...security,
      secrets: { ...security?.secrets, ...Object.fromEntries(secretNames.map((name) => [name, {}])) },
      ci: {
        ...security?.ci,
        push: {
          app: {
            repositories: ["app", ...names.slice(0, size.shared)],
            publicRepositories: publicNames.slice(0, size.shared),
            trust: [{ github: "acme/app", branch: "main" }],
          },
        },
      },
    },
    ecr: {
      ...ecr,
      ...(size.stateShards > 1 && { stateShards: size.stateShards }),
      publicRepositories: Object.fromEntries(publicNames.map((name) => [name, {}])),
      repositories: {
        ...ecr.repositories,
        ...Object.fromEntries(names.map((name, index) => [name, options(index)])),
      },
    },
    ecs: {
      ...ecs,
      services: {
        ...ecs?.services,
        ...Object.fromEntries(consumers.map((name, index) => [`s${index}`, { image: image(name) }])),
      },
    },
    lambda: {
      functions: {
        ...lambda?.functions,
        ...Object.fromEntries(consumers.map((name, index) => [`f${index}`, { image: image(name) }])),
      },
    },
  };
}

/** Policies that are too long, or the problems that refuse the environment. */
function outcomeOf(size: Size): { readonly tooLong: readonly string[]; readonly refused: readonly string[] } {
  try {
    const measured = measuredPolicies(stacksOf(only(environmentOf(size))));
    const tooLong = measured.filter(({ length, limit }) => length > limit);
    return {
      tooLong: tooLong.map(({ where, length, limit }) => `${where}: ${length} of ${limit}`),
      refused: [],
    };
  } catch (error) {
    if (error instanceof ConfigurationError) return { tooLong: [], refused: error.message.split("\n") };
    throw error;
  }
}

test("with as many repositories as cases, up to a thousand, and everything else, each policy is short enough", () => {
  const size = { repositories: runs(1_000), destinations: 2, publicRepositories: 50, stateShards: 20 };

  expect(outcomeOf({ ...size, shared: 10, secrets: 10, nameLength: 20 })).toEqual({
    tooLong: [],
    refused: [],
  });
});

const few: Size = {
  repositories: 1,
  destinations: 0,
  publicRepositories: 0,
  stateShards: 1,
  shared: 0,
  secrets: 0,
  nameLength: 8,
};

const anySize = fc.record({
  repositories: fc.integer({ min: 1, max: 40 }),
  destinations: fc.integer({ min: 0, max: regions.length }),
  publicRepositories: fc.integer({ min: 0, max: 40 }),
  stateShards: fc.constantFrom(1, 2, 20),
  shared: fc.integer({ min: 0, max: 40 }),
  secrets: fc.integer({ min: 0, max: 40 }),
  nameLength: fc.constantFrom(8, 30, 120),
});

test("however much there is of everything, a policy is short enough or the environment is refused for it", () => {
  const outcomes = { built: 0, refused: 0 };
  fc.assert(
    fc.property(anySize, (size) => {
      const { tooLong, refused } = outcomeOf(size);
      outcomes[refused.length > 0 ? "refused" : "built"]++;

      expect([
        tooLong,
        refused.filter((line) => !/characters, and (?:IAM|ECR) (?:allows|accepts)/.test(line)),
      ]).toEqual([[], []]);
    }),
    {
      numRuns: 2 + runs(6),
      examples: [
        // Policies of two stacks and the function's own policy, which are short enough without one of them.
        [{ ...few, repositories: 18, destinations: 5, stateShards: 2, shared: 18 }],
        [few],
      ],
    },
  );
  expect(Math.min(outcomes.built, outcomes.refused)).toBeGreaterThan(0);
});
