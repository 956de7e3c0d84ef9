import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { replicaKeyRegions, replicaRegions, replicasOf } from "../../../../environments/plan/replicas";
import { minimal, only } from "../../../support/environments/minimal";
import type { EcrInput } from "../../../support/environments/one-repository";

const to = (...regions: string[]) => ({
  enableReplication: true,
  replicationDestinations: regions.map((region) => ({ region })),
});

/** An environment in eu-west-1 with these ECR options. */
function loaded(ecr: EcrInput) {
  const [environment] = loadEnvironments(only({ ...minimal, ecr }));
  if (environment === undefined) throw new Error("no environment");
  return environment;
}

test("every repository has a replica in each Region of its account that it is replicated to", () => {
  const environment = loaded({
    repositories: { web: to("us-west-2", "eu-central-1"), api: to("us-west-2"), base: {} },
  });

  expect(replicasOf(environment)).toEqual([
    { repository: "web", name: "acme-test-web", accountId: "111122223333", region: "eu-central-1" },
    { repository: "web", name: "acme-test-web", accountId: "111122223333", region: "us-west-2" },
    { repository: "api", name: "acme-test-api", accountId: "111122223333", region: "us-west-2" },
  ]);
  expect(replicaRegions(environment)).toEqual(["eu-central-1", "us-west-2"]);
});

test("a destination in another account is no replica, and one that names the own account is", () => {
  const environment = loaded({
    repositories: {
      web: {
        enableReplication: true,
        replicationDestinations: [
          { region: "us-west-2", registryId: "111122223333" },
          { region: "us-east-1", registryId: "444455556666" },
        ],
      },
    },
  });

  expect(replicaRegions(environment)).toEqual(["us-west-2"]);
});

test("this project makes no replicas of repositories that it does not manage", () => {
  expect(replicasOf(loaded({ unmanagedRepositories: { "team/tool": to("us-west-2") } }))).toEqual([]);
});

test("a Region with replicas has a key unless images are encrypted with AES256", () => {
  const repositories = { web: to("us-west-2") };

  expect(replicaKeyRegions(loaded({ repositories }))).toEqual([]);
  expect(replicaKeyRegions(loaded({ encryptionType: "KMS", repositories }))).toEqual(["us-west-2"]);
});
