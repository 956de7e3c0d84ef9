import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { addressedRepositories } from "../../../../environments/plan/repository-addresses";
import { minimal, only } from "../../../support/environments/minimal";

const addressesOf = (ecr: EnvironmentInput["ecr"]) => {
  const [environment] = loadEnvironments(only({ ...minimal, ecr }));
  return environment && addressedRepositories(environment);
};

test("own repositories come with their replicas, then caches, then those of others", () => {
  const addresses = addressesOf({
    repositories: {
      app: { enableReplication: true, replicationDestinations: [{ region: "us-west-2" }] },
      worker: {},
    },
    pullThroughCache: { quay: { upstream: "quay" }, all: { upstream: "ecr-public", prefix: "ROOT" } },
    unmanagedRepositories: { "team/tool": {} },
    publicRepositories: { sdk: {} },
  });

  expect(addresses?.map(({ kind, name, region }) => [kind, name, region])).toEqual([
    ["own", "acme-test-app", "eu-west-1"],
    ["replica", "acme-test-app", "us-west-2"],
    ["own", "acme-test-worker", "eu-west-1"],
    ["cache", "acme-test-quay/", "eu-west-1"],
    ["cache", "", "eu-west-1"],
    ["unmanaged", "team/tool", "eu-west-1"],
    ["public", "acme-test-sdk", "eu-west-1"],
  ]);
});

test("a cache names the registry that it caches, also a private one", () => {
  const addresses = addressesOf({
    pullThroughCache: {
      quay: { upstream: "quay" },
      team: { upstream: "ecr", registryId: "210987654321", region: "us-east-1" },
    },
  });

  expect(addresses?.map(({ upstream }) => upstream)).toEqual([
    "quay.io",
    "210987654321.dkr.ecr.us-east-1.amazonaws.com",
  ]);
});
