import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { Environment } from "../../../../environments/plan/environment";
import { failoverPlan } from "../../../../environments/plan/failover";
import { manifestsOf } from "../../../../environments/plan/manifests";
import type { deploymentManifest } from "../../../../modules/eks/deployment-manifest";
import { minimal, only } from "../../../support/environments/minimal";
import { network } from "../../../support/environments/one-service";
import { everyConsumer } from "../../../support/every-consumer";

const digest = `sha256:${"0".repeat(64)}`;
const replicated = {
  enableReplication: true,
  replicationDestinations: [{ region: "us-west-2" }, { region: "eu-west-1", registryId: "999988887777" }],
};

function load(file: object): Environment {
  const [environment] = loadEnvironments(only({ ...minimal, ...file }));
  if (environment === undefined) throw new Error("no environment");
  return environment;
}

const environment = load({
  network,
  security: {
    ci: { push: { app: { repositories: ["app", "tool"], trust: [{ github: "acme/app", branch: "main" }] } } },
  },
  ecr: {
    pullThroughCache: { public: { upstream: "ecr-public" } },
    repositories: { app: { ...replicated, enableLambdaPull: true }, tool: {} },
  },
  ecs: {
    services: {
      web: { image: { repository: "app", tag: "v1" } },
      later: { image: { repository: "app", awaitsFirstPush: true } },
      helper: { image: { repository: "tool", tag: "v1" } },
      proxy: { image: { repository: "public/nginx/nginx", tag: "1" } },
    },
  },
  lambda: { functions: { resize: { image: { repository: "app", digest } } } },
});

test("images keep their tag or digest, and only the Region in the URI changes", () => {
  const { images } = failoverPlan(environment, "us-west-2");
  const host = (region: string) => `${environment.accountId}.dkr.ecr.${region}.amazonaws.com`;
  const app = `${environment.project}-${environment.name}-app`;

  expect(images.map(({ consumer, uri }) => [consumer, uri])).toEqual([
    [
      'ECS service "web"',
      { from: `${host(environment.region)}/${app}:v1`, to: `${host("us-west-2")}/${app}:v1` },
    ],
    ['ECS service "later"', undefined],
    ['ECS service "helper"', expect.anything()],
    ['ECS service "proxy"', expect.anything()],
    [
      'Lambda function "resize"',
      { from: `${host(environment.region)}/${app}@${digest}`, to: `${host("us-west-2")}/${app}@${digest}` },
    ],
  ]);
});

test("which image a pipeline has deployed is not in the file, so no image of it is named", () => {
  const byPipeline = (image: object) => ({ image: { repository: "app", managedBy: "pipeline", ...image } });
  const { images } = failoverPlan(
    load({
      ...{ network, ecr: { repositories: { app: replicated } } },
      ecs: {
        services: { web: byPipeline({ tag: "v1" }), later: byPipeline({ awaitsFirstPush: true }) },
      },
    }),
    "us-west-2",
  );
  const app = (region: string) =>
    `${environment.accountId}.dkr.ecr.${region}.amazonaws.com/${environment.project}-${environment.name}-app`;

  expect(images.map(({ name, uri, tag, deployedFrom }) => [name, uri, tag, deployedFrom])).toEqual([
    ["web", undefined, undefined, { from: app(environment.region), to: app("us-west-2") }],
    ["later", undefined, undefined, undefined],
  ]);
});

test("a repository that is not replicated there, and a cache, are obstacles with what to do", () => {
  const { images, notReplicated } = failoverPlan(environment, "us-west-2");

  expect(images.flatMap(({ name, obstacle }) => (obstacle === undefined ? [] : [[name, obstacle]]))).toEqual([
    [
      "helper",
      `its repository is not replicated to us-west-2; in ${environment.file}, add { region: "us-west-2" } to replicationDestinations of tool`,
    ],
    [
      "proxy",
      "it comes from a pull-through cache, which is not replicated; run it from its upstream registry, or from a cache in us-west-2",
    ],
  ]);
  expect(notReplicated).toEqual(["tool"]);
});

test("pipelines need the URLs and permissions of replicated repositories, and ECS may pull from the Region", () => {
  const { repositories, permissions } = failoverPlan(environment, "us-west-2");

  expect(repositories.map(({ repository }) => repository)).toEqual(["app"]);
  expect(permissions.map(({ holder, access, resource }) => [holder, access, resource.to])).toEqual([
    [
      `role ${environment.project}-${environment.name}-ecs-execution`,
      "pull",
      `arn:aws:ecr:us-west-2:${environment.accountId}:repository/${environment.project}-${environment.name}-*`,
    ],
    [
      `role ${environment.project}-${environment.name}-ci-push-app`,
      "push",
      `arn:aws:ecr:us-west-2:${environment.accountId}:repository/${environment.project}-${environment.name}-app`,
    ],
  ]);
});

/** Without ECS, nothing runs an image of another account. */
const onlyOwn = { ...everyConsumer.imageGate, uncheckedAccounts: [] };

test.each([
  [
    "everything that pulls",
    {},
    ["role acme-full-ecs-execution", "permissions boundary acme-full-role-boundary"],
  ],
  ["only EKS", { ecs: undefined, imageGate: onlyOwn }, ["permissions boundary acme-full-role-boundary"]],
  ["only Lambda", { ecs: undefined, eks: undefined, imageGate: onlyOwn }, []],
  [
    "no pipeline that deploys",
    { security: { ...everyConsumer.security, ci: undefined } },
    ["role acme-full-ecs-execution"],
  ],
])("the permissions boundary also names the Region: %s", (_, change, holders) => {
  const { permissions } = failoverPlan(load({ ...everyConsumer, ...change }), "eu-west-1");

  expect(permissions.filter(({ access }) => access === "pull").map(({ holder }) => holder)).toEqual(holders);
});

const deployed = (manifest: object) => manifest as ReturnType<typeof deploymentManifest>;

test("the URI of a Deployment now is that in its manifest", () => {
  const full = load(everyConsumer);
  const { images } = failoverPlan(full, "eu-west-1");
  const inManifests = manifestsOf(full).flatMap(({ name, manifest }) =>
    manifest === undefined ? [] : [[name, deployed(manifest).spec.template.spec.containers[0]?.image]],
  );

  expect(inManifests.length).toBeGreaterThan(0);
  expect(
    images.filter(({ kind, uri }) => kind === "eks" && uri).map(({ name, uri }) => [name, uri?.from]),
  ).toEqual(inManifests);
  expect(images.filter(({ kind }) => kind === "eks").every(({ namespace }) => namespace)).toBe(true);
});
