import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../environments/options/environment";
import { problemsIn } from "../../support/environments/load-message";
import { minimal, only } from "../../support/environments/minimal";
import { existing, own } from "../../support/environments/own-network";

const image = { repository: "web-app", tag: "v1" };

/** Everything that is wrong with an environment that is changed at one place or more. */
const problemsWith = (change: object) =>
  problemsIn(
    only({
      ...minimal,
      network: existing,
      ecr: { repositories: { "web-app": { enableLambdaPull: true } } },
      ...change,
    } as unknown as EnvironmentInput),
  ).map((line) => line.replace("environments/test.ts: ", ""));

const consumers = (secrets = {}) => ({
  ecs: { services: { web: { image, secrets } } },
  lambda: { functions: { resize: { image, secrets } } },
  eks: {
    kubernetesVersion: "1.33",
    nodeGroups: { general: { instanceTypes: ["m7i.large"] } },
    deployments: { web: { image } },
  },
});
const ci = {
  push: { web: { repositories: ["web-app"], trust: [{ github: "acme/app", branch: "main" }] } },
};

test("secrets that are a list are reported once, and not by who uses one or may do without", () => {
  const security = { secrets: ["api-token"], ci };
  const cache = { upstream: "docker-hub", credentials: "hub" };
  const ecr = { repositories: { "web-app": { enableLambdaPull: true } }, pullThroughCache: { hub: cache } };

  expect(problemsWith({ security, ecr, ...consumers({ API_TOKEN: "api-token" }) })).toEqual([
    'security.secrets: found ["api-token"]; this must be an object; use { name: { … } }',
  ]);
  expect(
    problemsWith({
      security,
      network: { ...own, natGateways: "none", endpoints: ["ecr.api", "ecr.dkr", "s3", "logs"] },
    }),
  ).toHaveLength(1);
});

test("names that break their own rule are listed nowhere", () => {
  const secrets = { "A b": {}, "": {}, x: {} };

  expect(problemsWith({ security: { secrets }, ...consumers({ API_TOKEN: "api-token" }) }).slice(2)).toEqual([
    'ecs.services.web.secrets.API_TOKEN: found "api-token"; security.secrets has no secret with this name; choose from x',
    'lambda.functions.resize.secrets.API_TOKEN: found "api-token"; security.secrets has no secret with this name; choose from x',
  ]);
});

test("a repository that is wrong is there all the same", () => {
  expect(
    problemsWith({ ecr: { repositories: { "web-app": null } }, security: { ci }, ...consumers() }),
  ).toEqual([
    'ecr.repositories["web-app"]: found null; this must be an object; use { imageTagMutability, imageTagMutabilityExclusionFilters, scanOnPush, … }',
  ]);
});

test.each([
  [
    "ecr: found null; this must be an object; use { repositories, unmanagedRepositories, pullThroughCache, … }",
    null,
  ],
  [
    'ecr.repositories: found ["web-app"]; this must be an object; use { name: { … } }',
    { repositories: ["web-app"] },
  ],
])("without a map of repositories nothing is said of their names: %s", (line, ecr) => {
  expect(problemsWith({ ecr, security: { ci }, ...consumers() })).toEqual([line]);
});

test("what depends on the Region or the account is not judged by one that is none", () => {
  const certificateArn = "arn:aws:acm:us-east-1:444455556666:certificate/0123abcd-ef";
  const change = {
    network: { ...own, availabilityZones: ["us-east-1a", "us-east-1b"] },
    ecs: { services: { web: { image, port: 80, loadBalancer: { certificateArn } } } },
    state: {
      backend: "s3",
      bucket: "acme-tfstate",
      kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
  };

  expect(problemsWith({ ...change, region: "us-east" })).toEqual([
    'region: found "us-east"; this must be an AWS Region code; did you mean "us-east-1"?',
  ]);
  expect(problemsWith({ ...change, region: "us-east-1", accountId: "1" })).toEqual([
    'accountId: found "1"; an AWS account ID is a string of 12 digits; use the ID of your account, for example "123456789012"',
  ]);
});

test("a cluster without anything to run on is told so where its node groups stand", () => {
  expect(problemsWith({ eks: { kubernetesVersion: "1.33", logRetentionDays: 30 } })).toEqual([
    "eks.nodeGroups: found {} (the default); a cluster without nodes cannot run pods; add nodeGroups, fargateProfiles or autoMode: {}",
  ]);
});

test("a number that is none is shown as it is", () => {
  expect(problemsWith({ ecs: { services: { web: { image, port: Number.NaN } } } })).toEqual([
    "ecs.services.web.port: found NaN; a port is a whole number from 1 to 65535; use the port that the container listens on",
  ]);
});

test("the name of a variable is shown where the rule is about the name", () => {
  expect(problemsWith({ ecs: { services: { web: { image, environment: { "1 A": "x" } } } } })).toEqual([
    'ecs.services.web.environment["1 A"]: found "1 A"; a variable name has no spaces, = and control characters; use a name such as LOG_LEVEL or discovery.type',
  ]);
});
