import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import { exportedRequests } from "../../../../../environments/plan/exported-requests";
import { ownsRegistry } from "../../../../../environments/plan/registry-owner";
import { registryPlans } from "../../../../../environments/plan/registry-plan";
import { problemsIn } from "../../../../support/environments/load-message";
import { minimal, only } from "../../../../support/environments/minimal";
import type { EcrInput } from "../../../../support/environments/one-repository";

const owner = (registryRequests: object[], ecr: EcrInput = {}, name = "own") =>
  only({ ...minimal, name, ecr: { repositories: { web: {} }, ...ecr, registryRequests } });

/** What the environment `live` of the project `shop` requests from the registry of `minimal`. */
function requests(
  ecr: EcrInput = { repositories: { app: {} } },
  change: object = {},
  region?: string,
): object {
  const environments = loadEnvironments(only({ ...minimal, project: "shop", name: "live", ecr, ...change }));
  const [environment] = environments;
  if (environment === undefined) throw new Error("no environment");
  return JSON.parse(JSON.stringify(exportedRequests(environment, environments, region)));
}

test("what a project exports is valid for the owner, whatever it requests", () => {
  const everything = requests({
    repositories: {
      app: { enableReplication: true, replicationDestinations: [{ region: "us-east-1" }] },
      quiet: { scanOnPush: false },
      "team/tool": {},
    },
    unmanagedRepositories: { "third--party": { scanOnPush: false } },
    pullThroughCache: {
      quay: { upstream: "quay", pullRoleArns: ["arn:aws:iam::111122223333:role/pull"] },
      all: { upstream: "ecr-public", prefix: "ROOT" },
    },
    pullTimeExclusions: ["arn:aws:iam::111122223333:role/scanner"],
    creationTemplates: { team: { appliedFor: ["REPLICATION"] } },
    accountSettings: { registryPolicyScope: "V2" },
    allowReplicaCreation: true,
  });

  expect(problemsIn(owner([everything]))).toEqual([]);
});

test("fails when two projects' requests cannot both be met, with both of them and the place of the second", () => {
  const enhanced = requests({ repositories: { app: { enableEnhancedScanning: true } } });

  expect(problemsIn(owner([enhanced]))).toEqual([
    'environments/own.ts: ecr.registryRequests[0].repositories["shop-live-app"].enableEnhancedScanning: found true; a registry has either basic or enhanced scanning, but enhanced scanning is requested by shop-live-app (shop live, in environments/own.ts) and basic scanning by acme-own-web (environments/own.ts); set the same enableEnhancedScanning for all of them, or scanOnPush: false for those that need no scan',
  ]);
});

test("fails when the names of two projects start alike, or requests are included twice", () => {
  const same = requests();
  const nested = requests(undefined, { name: "live-eu" });

  expect(problemsIn(owner([same, same, nested]))).toEqual([
    'environments/own.ts: ecr.registryRequests[1]: found "shop live"; environments/own.ts already has its requests in the same registry; remove one',
    'environments/own.ts: ecr.registryRequests[2]: found "shop live-eu"; its repository names start like those of shop live (environments/own.ts) in the same registry, so filters cannot distinguish them; rename one environment or project',
  ]);
});

test("fails when requests are included in two files, or are those of an environment of this project", () => {
  const own = requests(undefined, { project: "acme", name: "own" });
  const definitions = { ...owner([requests(), own]), ...owner([requests()], {}, "second") };

  expect(problemsIn(definitions)).toEqual([
    'environments/own.ts: ecr.registryRequests[1]: found "acme own"; environments/own.ts already has this environment in the same registry; remove one',
    'environments/second.ts: ecr.registryRequests[0]: found "shop live"; environments/own.ts already has its requests in the same registry; remove one',
  ]);
});

test("fails when environments of one registry disagree on its owner", () => {
  const definitions = {
    ...only({ ...minimal, name: "a", ecr: { registryOwner: "other-project" } }),
    ...only({ ...minimal, name: "b" }),
    ...only({ ...minimal, name: "c", region: "us-east-1" }),
  };

  expect(problemsIn(definitions)).toEqual([
    'environments/b.ts: ecr.registryOwner: found "this-project"; environments/a.ts also uses the registry of 111122223333 in eu-west-1, and has "other-project" as its owner; use the same owner in both',
  ]);
});

const toUsEast: EcrInput = {
  repositories: { app: { enableReplication: true, replicationDestinations: [{ region: "us-east-1" }] } },
};

test("fails when environments disagree on the owner of a registry that has only their replicas", () => {
  const definitions = {
    ...only({ ...minimal, name: "a", ecr: { ...toUsEast, registryOwner: "other-project" } }),
    ...only({ ...minimal, name: "b", region: "us-west-2", ecr: toUsEast }),
  };

  expect(problemsIn(definitions)).toEqual([
    'environments/b.ts: ecr.registryOwner: found "this-project"; environments/a.ts also uses the registry of 111122223333 in us-east-1, and has "other-project" as its owner; use the same owner in both',
  ]);
});

test("an environment in the Region decides who owns the registry, not those with replicas there", () => {
  const definitions = {
    ...only({ ...minimal, name: "a", ecr: { ...toUsEast, registryOwner: "other-project" } }),
    ...only({ ...minimal, name: "b", region: "us-east-1" }),
  };

  expect(problemsIn(definitions)).toEqual([]);
});

test("the registry of replicas may have another owner than that of the environment", () => {
  const ownsHome = { ...toUsEast, replicaRegistryOwners: { "us-east-1": "other-project" } } as const;
  const ownsReplicas = {
    ...toUsEast,
    registryOwner: "other-project",
    replicaRegistryOwners: { "us-east-1": "this-project" },
  } as const;
  const plans = (ecr: EcrInput) =>
    registryPlans(loadEnvironments(only({ ...minimal, ecr }))).map((plan) => [
      plan.region,
      ownsRegistry(plan),
    ]);

  expect(plans(ownsHome)).toEqual([
    ["eu-west-1", true],
    ["us-east-1", false],
  ]);
  expect(plans(ownsReplicas)).toEqual([
    ["eu-west-1", false],
    ["us-east-1", true],
  ]);
  expect(problemsIn(owner([requests(toUsEast, {}, "us-east-1")], ownsReplicas))).toEqual([]);
});

test("fails when the owner of a registry of replicas is of no use, or another one than the Region's environment has", () => {
  const replicaRegistryOwners = { "us-east-1": "other-project", "us-east-2": "this-project" } as const;
  const definitions = {
    ...only({ ...minimal, name: "a", ecr: { ...toUsEast, replicaRegistryOwners } }),
    ...only({ ...minimal, name: "b", region: "us-east-1" }),
  };
  const { "us-east-2": _, ...used } = replicaRegistryOwners;
  const valid = {
    ...definitions,
    ...only({ ...minimal, name: "a", ecr: { ...toUsEast, replicaRegistryOwners: used } }),
  };

  expect(problemsIn(definitions)).toEqual([
    'environments/a.ts: ecr.replicaRegistryOwners["us-east-2"]: found "this-project"; the environment has no replicas in this Region; remove the entry',
  ]);
  expect(problemsIn(valid)).toEqual([
    'environments/a.ts: ecr.replicaRegistryOwners["us-east-1"]: found "other-project"; environments/b.ts also uses the registry of 111122223333 in us-east-1, and has "this-project" as its owner; use the same owner in both',
  ]);
});

test("requests for the registry of a Region with replicas are included by the environment that has them", () => {
  const replicas = requests(toUsEast, {}, "us-east-1");

  expect(problemsIn(owner([replicas], toUsEast))).toEqual([]);
  expect(problemsIn(owner([replicas]))).toEqual([
    'environments/own.ts: ecr.registryRequests[0].region: found "us-east-1"; these requests are for another registry than this environment\'s (eu-west-1); include them in an environment of that account and Region',
  ]);
});

test("fails when requests are for a registry of replicas that another project owns", () => {
  const definitions = {
    ...owner([requests(toUsEast, {}, "us-east-1")], toUsEast),
    ...only({ ...minimal, name: "there", region: "us-east-1", ecr: { registryOwner: "other-project" } }),
  };

  expect(problemsIn(definitions)).toEqual([
    'environments/own.ts: ecr.registryRequests[0]: found "shop live"; only the owner of a registry includes requests, and that of 111122223333 in us-east-1 is another project (environments/there.ts); remove them',
  ]);
});

test("fails when two projects request different values of an account setting, with the place in the file", () => {
  const other = requests({ accountSettings: { blobMounting: "ENABLED" } });

  expect(problemsIn(owner([other], { accountSettings: { blobMounting: "DISABLED" } }))).toEqual([
    'environments/own.ts: ecr.registryRequests[0].accountSettings.blobMounting: found "ENABLED"; a registry has one value of BLOB_MOUNTING, and environments/own.ts requests DISABLED for the same account and Region; use the same value in both',
  ]);
});

test("fails when two projects have a cache with the prefix ROOT", () => {
  const root: EcrInput = { pullThroughCache: { all: { upstream: "quay", prefix: "ROOT" } } };

  expect(problemsIn(owner([requests(root)], root))).toEqual([
    'environments/own.ts: ecr.registryRequests[0].pullThroughCaches.ROOT: found "ROOT"; a registry has one cache with the prefix ROOT, and environments/own.ts declares one for the same account and Region; remove one of the two',
  ]);
});

test("fails when one project manages what another declares as unmanaged, or they declare it differently", () => {
  const guest = requests({
    unmanagedRepositories: { "acme-own-web": {}, "third/party": { scanOnPush: false } },
    repositories: { app: {} },
  });
  const definitions = owner([guest], { unmanagedRepositories: { "shop-live-app": {}, "third/party": {} } });

  expect(problemsIn(definitions)).toEqual([
    'environments/own.ts: ecr.unmanagedRepositories["shop-live-app"]: found "shop-live-app"; shop live, in environments/own.ts creates this repository, so it is not unmanaged; remove it here',
    'environments/own.ts: ecr.registryRequests[0].unmanagedRepositories["acme-own-web"]: found "acme-own-web"; this file creates this repository, so it is not unmanaged; remove it in the other project, and write the file again',
    'environments/own.ts: ecr.registryRequests[0].unmanagedRepositories["third/party"].scanFrequency: found "MANUAL"; environments/own.ts declares this repository of the same registry with SCAN_ON_PUSH; use the same value in both',
  ]);
});

test("fails when all projects together have more caches than a registry allows", () => {
  const caches = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`c${index}`, { upstream: "quay" as const }]),
  );
  const definitions = owner([requests({ pullThroughCache: caches })], {
    pullThroughCache: { quay: { upstream: "quay" } },
  });

  expect(problemsIn(definitions)).toEqual([
    'environments/own.ts: ecr.pullThroughCache.quay: found "quay"; a registry allows 50 pull-through caches, across all environments in the account and Region; remove some',
  ]);
});
