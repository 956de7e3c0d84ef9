import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { Workspace } from "../support/emulator/workspace";

/** Manifests of the example environment, in a copy of the project, without calling AWS. */
describe("manifests", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace({}, { code: false });
    const environment = readFileSync(join(__dirname, "../support/emulator/eks-environment.ts"), "utf8");
    workspace.removeShippedEnvironments();
    workspace.write("environments/trial.ts", environment.replace("../../../environments/", "./"));
    workspace.write(
      "environments/all.ts",
      `import { defineEnvironment } from "./environment";
import { trial } from "./trial";

const bare = defineEnvironment({
  name: "bare",
  project: "acme",
  accountId: "123456789012",
  region: "eu-west-1",
  tier: "development",
  state: { backend: "local" },
});

export const definitions = { "environments/bare.ts": bare, "environments/trial.ts": trial };
`,
    );
  });
  afterAll(() => workspace.remove());

  const manifests = (...args: string[]) => workspace.loaded(["ecr", "manifests", ...args]);

  test("a Deployment is printed after its service account, and those without an image are reported", async () => {
    const { code, stdout, stderr } = await manifests("--env", "trial");

    expect([code, stderr]).toEqual([0, "Skipped, because no image has been pushed yet: worker.\n"]);
    const { apiVersion, kind: all, items } = JSON.parse(stdout);
    expect([apiVersion, all, items.length]).toEqual(["v1", "List", 2]);
    expect(items[0]).toMatchObject({
      kind: "ServiceAccount",
      metadata: { name: "web-app", namespace: "shop-web" },
    });
    const { kind, metadata, spec } = items[1];
    expect(spec.template.spec.serviceAccountName).toBe("web-app");
    expect([kind, metadata.name, metadata.namespace]).toEqual(["Deployment", "web-app", "shop-web"]);
    expect(spec.template.spec.containers[0].image).toMatch(
      /^123456789012\.dkr\.ecr\.us-east-1\.amazonaws\.com\/acme-trial-web-app@sha256:[0-9a-f]{64}$/,
    );
  });

  test("several Deployments are printed as a List, and --deployment selects one by name", async () => {
    const both = readFileSync(join(workspace.folder, "environments/trial.ts"), "utf8");
    workspace.write("environments/trial.ts", both.replace("awaitsFirstPush: true", 'tag: "v1"'));
    const [list, account, one] = [
      await manifests("--env", "trial"),
      await manifests("--env", "trial", "--deployment", "web-app"),
      await manifests("--env", "trial", "--deployment", "worker"),
    ];
    workspace.write("environments/trial.ts", both);

    const { kind, items } = JSON.parse(list.stdout);
    expect([kind, items.length]).toEqual(["List", 3]);
    expect(JSON.parse(one.stdout)).toEqual(items[2]);
    expect(JSON.parse(account.stdout).items).toEqual(items.slice(0, 2));
  });

  test("fails with the reason when there is nothing to print", async () => {
    const failures = [
      await manifests("--env", "trial", "--deployment", "worker"),
      await manifests("--env", "trial", "--deployment", "web"),
      await manifests("--env", "bare"),
    ];

    expect(failures.map(({ code, stdout, stderr }) => [code, stdout, stderr])).toEqual([
      [
        1,
        "",
        "environments/trial.ts: no image has been pushed yet for worker; push one and replace awaitsFirstPush with its tag or digest\n",
      ],
      [1, "", 'There is no Deployment, Job or CronJob "web" in trial; choose from web-app, worker\n'],
      [
        1,
        "",
        "environments/bare.ts has no Deployments, Jobs or CronJobs; add them to eks.deployments, eks.jobs or eks.cronJobs\n",
      ],
    ]);
  });

  test("--kustomize writes a base and an overlay, and replaces no other files", async () => {
    const kustomize = (...args: string[]) =>
      manifests("--env", "trial", "--kustomize", join(workspace.folder, "k8s"), ...args);
    const first = await kustomize();
    const again = await kustomize("--json");
    writeFileSync(join(workspace.folder, "k8s/base/ingress.yaml"), "kind: Ingress\n");
    const refused = await kustomize();
    const one = await kustomize("--deployment", "web-app");

    expect([first.code, again.code, refused.code, one.code]).toEqual([0, 0, 1, 1]);
    expect(first.stdout).toMatch(/^Wrote 3 files to .*k8s\. Apply them: kubectl apply -k .*k8s\/overlay\n$/);
    expect(JSON.parse(again.stdout).files).toEqual([
      "base/kustomization.yaml",
      "base/deployment-web-app.yaml",
      "overlay/kustomization.yaml",
    ]);
    const overlay = parse(readFileSync(join(workspace.folder, "k8s/overlay/kustomization.yaml"), "utf8"));
    expect(overlay.images).toEqual([
      {
        name: "overlay-sets-it.invalid/web-app",
        newName: "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme-trial-web-app",
        digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      },
    ]);
    expect(refused.stderr).toContain("ingress.yaml was not written by this command for this environment");
    expect(one.stderr).toContain("--kustomize writes all workloads; leave out --deployment");
  });
});
