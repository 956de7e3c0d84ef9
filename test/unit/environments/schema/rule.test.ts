import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { problemsIn } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";

/** An independent mistake, which only a rule between options finds. */
const unrelated = { b: { enableReplication: true } };

const network = { kind: "own", cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] };
const image = { repository: "b", awaitsFirstPush: true };
const rule = { selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1.5 } };

test.each([
  ["a fraction in a repository", { ecr: { repositories: { a: { maxImageCount: 1.5 } } } }],
  ["a fraction in a lifecycle rule", { ecr: { repositories: { a: { lifecycleRules: [rule] } } } }],
  ["a fraction in a key", { security: { kms: { rotationPeriodInDays: 90.5 } } }],
  ["a fraction in a secret", { security: { secrets: { token: { recoveryWindowInDays: 7.5 } } } }],
  ["a fraction in a service", { network, ecs: { services: { web: { image, port: 80.5 } } } }],
  ["a fraction in a function", { lambda: { functions: { f: { image, memorySize: 128.5 } } } }],
  ["a policy that is a number", { ecr: { repositories: { a: { repositoryPolicy: 5 } } } }],
  ["requests that are a text", { ecr: { registryRequests: ["shop.json"] } }],
  ["a number that is none", { ecr: { repositories: { a: { maxImageCount: Number.NaN } } } }],
  [
    "a list that is too long",
    { network: { ...network, availabilityZones: [..."abcdefg"].map((z) => `eu-west-1${z}`) } },
  ],
  [
    "too many filters",
    { ecr: { repositories: { a: { imageTagMutabilityExclusionFilters: [..."abcdefg"] } } } },
  ],
  ["a big integer in a list of texts", { ecr: { repositories: { a: { protectedTags: [10n] } } } }],
  ["a number instead of an object", { ecs: 1 }],
  ["an unknown key", { ecr: { repositories: { a: { maxImages: 1 } } } }],
  ["a wrong word", { tier: "prod" }],
])("%s hides no other problem", (_, change) => {
  const { ecr, ...others } = change as EnvironmentInput;
  const repositories = { ...ecr?.repositories, ...unrelated };

  const problems = problemsIn(
    only({ ...minimal, ...others, ecr: { ...ecr, repositories } } as EnvironmentInput),
  );

  expect(problems.length).toBeGreaterThan(1);
  expect(problems).toContainEqual(expect.stringContaining("ecr.repositories.b.replicationDestinations: "));
});
