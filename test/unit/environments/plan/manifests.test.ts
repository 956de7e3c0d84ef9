import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { consumersOf, describeConsumer } from "../../../../environments/plan/consumers";
import { manifestsOf } from "../../../../environments/plan/manifests";
import type { deploymentManifest } from "../../../../modules/eks/deployment-manifest";
import { digest, withCluster } from "../../../support/environments/one-cluster";

function imagesOf(...given: Parameters<typeof withCluster>): unknown[] {
  const [environment] = loadEnvironments(withCluster(...given));
  return (environment ? manifestsOf(environment) : []).map(({ name, manifest }) => [
    name,
    (manifest as ReturnType<typeof deploymentManifest> | undefined)?.spec.template.spec.containers.map(
      ({ image }) => image,
    ),
  ]);
}

test("a manifest names the image where the environment's registry has it, by tag or digest", () => {
  const deployments = {
    web: { image: { repository: "app", tag: "v1.2.3" } },
    job: { image: { repository: "app", digest } },
  };

  expect(imagesOf({ deployments })).toEqual([
    ["web", ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app:v1.2.3"]],
    ["job", [`111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-test-app@${digest}`]],
  ]);
  expect(imagesOf({ deployments: { web: deployments.web } }, { region: "cn-north-1" })).toEqual([
    ["web", ["111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/acme-test-app:v1.2.3"]],
  ]);
});

test("there is no manifest before the first push", () => {
  expect(imagesOf({ deployments: { web: { image: { repository: "app", awaitsFirstPush: true } } } })).toEqual(
    [["web", undefined]],
  );
});

test("an environment without a cluster has no manifests", () => {
  expect(imagesOf({}, { eks: undefined })).toEqual([]);
});

test("the guide shows what is printed for production", () => {
  const guide = readFileSync(join(__dirname, "../../../../docs/how-to/eks.md"), "utf8");
  const [, shown = "{}"] = guide.match(/```json\n(\{\n {2}"apiVersion": "apps\/v1"[\s\S]*?)\n```/) ?? [];
  const image = { repository: "web-app", tag: "v1.2.3" };
  const deployments = { "web-app": { image, namespace: "shop", replicas: 3, port: 8080 } };
  const [environment] = loadEnvironments(
    withCluster(
      { deployments },
      {
        project: "myproject",
        name: "prod",
        accountId: "987654321098",
        region: "us-east-1",
        ecr: { repositories: { "web-app": {} } },
      },
    ),
  );

  const [web] = environment ? manifestsOf(environment) : [];
  expect(shown).toBe(JSON.stringify(web?.manifest, null, 2));
});

test("Jobs and CronJobs follow the Deployments, with the defaults of their options", () => {
  const image = { repository: "app", tag: "v1" };
  const [environment] = loadEnvironments(
    withCluster({
      deployments: { web: { image } },
      jobs: {
        migrate: { image, command: ["up"] },
        later: { image: { repository: "app", awaitsFirstPush: true } },
      },
      cronJobs: { report: { image, schedule: "0 3 * * 1-5" } },
    }),
  );
  const manifests = environment === undefined ? [] : manifestsOf(environment);

  expect(manifests).toMatchObject([
    { name: "web", manifest: { kind: "Deployment" } },
    {
      name: "migrate",
      manifest: { kind: "Job", metadata: { namespace: "default" }, spec: { activeDeadlineSeconds: 3600 } },
    },
    { name: "later", manifest: undefined },
    {
      name: "report",
      manifest: {
        kind: "CronJob",
        spec: { schedule: "0 3 * * 1-5", timeZone: "Etc/UTC", concurrencyPolicy: "Forbid" },
      },
    },
  ]);
  expect(environment && consumersOf(environment).map(describeConsumer)).toEqual([
    'Deployment "web"',
    'Job "migrate"',
    'Job "later"',
    'CronJob "report"',
  ]);
});

test("pods with a role use a service account with the name of their workload, and without a token", () => {
  const image = { repository: "app", tag: "v1" };
  const [environment] = loadEnvironments(
    withCluster({
      deployments: { web: { image, namespace: "shop", podIdentity: {} }, plain: { image } },
      jobs: { migrate: { image, podIdentity: {} } },
      cronJobs: { report: { image, schedule: "@daily", podIdentity: {} } },
    }),
  );
  const manifests = environment === undefined ? [] : manifestsOf(environment);
  const pod = (serviceAccountName: string) => ({
    template: { spec: { serviceAccountName, automountServiceAccountToken: false } },
  });

  expect(manifests).toMatchObject([
    {
      manifest: { spec: pod("web") },
      serviceAccount: {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: "web", namespace: "shop", labels: { "app.kubernetes.io/name": "web" } },
        automountServiceAccountToken: false,
      },
    },
    { name: "plain" },
    { manifest: { spec: pod("migrate") }, serviceAccount: { metadata: { name: "migrate" } } },
    {
      manifest: { spec: { jobTemplate: { spec: pod("report") } } },
      serviceAccount: { metadata: { name: "report" } },
    },
  ]);
  expect(manifests[1]).not.toHaveProperty("serviceAccount");
  expect(JSON.stringify(manifests[1])).not.toContain("serviceAccountName");
});
