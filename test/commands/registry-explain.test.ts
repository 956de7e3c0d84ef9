import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workspace } from "../support/emulator/workspace";

/** The registry of the shipped environments, in a copy of the project. */
describe("registry explain", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace({}, { code: false });
  });
  afterAll(() => workspace.remove());

  const explain = (...args: string[]) => workspace.loaded(["ecr", "registry", "explain", ...args]);

  test("every repository is listed with its scanning and replication and the filters responsible", async () => {
    const { code, stdout, stderr } = await explain("--env", "prod");

    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchInlineSnapshot(`
      "┌─────────────────────────────────┬──────────────────────┬─────────────────────────────────────────────┬────────────────────────┬───────────────────────────────────┐
      │ repository                      │ scanning             │ by filter                                   │ replicated to          │ by rule and filter                │
      │ myproject-prod-web-app          │ enhanced, continuous │ CONTINUOUS_SCAN *myproject-prod-web-app     │ 987654321098 eu-west-1 │ 1 myproject-prod-web-app          │
      │                                 │                      │ SCAN_ON_PUSH myproject-prod-*               │ 987654321098 us-west-2 │                                   │
      │ myproject-prod-api-service      │ enhanced, continuous │ CONTINUOUS_SCAN *myproject-prod-api-service │ 987654321098 us-west-2 │ 2 myproject-prod-api-service      │
      │                                 │                      │ SCAN_ON_PUSH myproject-prod-*               │                        │                                   │
      │ myproject-prod-worker           │ enhanced, on push    │ SCAN_ON_PUSH myproject-prod-*               │ -                      │ -                                 │
      │ myproject-prod-lambda-processor │ enhanced, on push    │ SCAN_ON_PUSH myproject-prod-*               │ 987654321098 us-west-2 │ 2 myproject-prod-lambda-processor │
      │ myproject-prod-base-images      │ enhanced, on push    │ SCAN_ON_PUSH myproject-prod-*               │ -                      │ -                                 │
      └─────────────────────────────────┴──────────────────────┴─────────────────────────────────────────────┴────────────────────────┴───────────────────────────────────┘
      Settings of registry-987654321098-us-east-1.

      ┌────────────────────────┬──────────────────────┬─────────────────────────────────────────┬───────────────┬────────────────────┐
      │ repository             │ scanning             │ by filter                               │ replicated to │ by rule and filter │
      │ myproject-prod-web-app │ enhanced, continuous │ CONTINUOUS_SCAN *myproject-prod-web-app │ -             │ -                  │
      └────────────────────────┴──────────────────────┴─────────────────────────────────────────┴───────────────┴────────────────────┘
      Replicas, with settings of registry-987654321098-eu-west-1.

      ┌─────────────────────────────────┬──────────────────────┬───────────────────────────────────────────────┬───────────────┬────────────────────┐
      │ repository                      │ scanning             │ by filter                                     │ replicated to │ by rule and filter │
      │ myproject-prod-web-app          │ enhanced, continuous │ CONTINUOUS_SCAN *myproject-prod-web-app       │ -             │ -                  │
      │ myproject-prod-api-service      │ enhanced, continuous │ CONTINUOUS_SCAN *myproject-prod-api-service   │ -             │ -                  │
      │ myproject-prod-lambda-processor │ enhanced, on push    │ SCAN_ON_PUSH *myproject-prod-lambda-processor │ -             │ -                  │
      └─────────────────────────────────┴──────────────────────┴───────────────────────────────────────────────┴───────────────┴────────────────────┘
      Replicas, with settings of registry-987654321098-us-west-2.
      "
    `);
  });

  test("the rows in the README are the first columns of rows that it prints", async () => {
    const rows = readFileSync("README.md", "utf8").match(/^│ .*(?=│$)/gm) ?? [];
    const { stdout } = await explain("--env", "prod");

    expect(rows.length).toBeGreaterThan(4);
    expect(rows.filter((row) => !stdout.includes(row))).toEqual([]);
  });

  test("--json prints the same as JSON", async () => {
    const { code, stdout, stderr } = await explain("--env", "prod", "--json");

    expect([code, stderr]).toEqual([0, ""]);
    const { registry, repositories } = JSON.parse(stdout);
    expect([registry, repositories.length]).toEqual(["registry-987654321098-us-east-1", 5]);
    expect(repositories[1]).toMatchInlineSnapshot(`
      {
        "replication": {
          "destinations": [
            {
              "region": "us-west-2",
              "registryId": "987654321098",
            },
          ],
          "matches": [
            {
              "destinations": [
                {
                  "region": "us-west-2",
                  "registryId": "987654321098",
                },
              ],
              "filter": "myproject-prod-api-service",
              "rule": 2,
            },
          ],
        },
        "repository": "myproject-prod-api-service",
        "scanning": {
          "matches": [
            {
              "filter": "*myproject-prod-api-service",
              "scanFrequency": "CONTINUOUS_SCAN",
            },
            {
              "filter": "myproject-prod-*",
              "scanFrequency": "SCAN_ON_PUSH",
            },
          ],
          "scanFrequency": "CONTINUOUS_SCAN",
          "scanType": "ENHANCED",
        },
        "unmanaged": false,
      }
    `);
  });

  test("unmanaged repositories are listed too, and scanning is off where enhanced scanning has no filter", async () => {
    workspace.write(
      "environments/dev.ts",
      `import { defineEnvironment } from "./environment";
export const dev = defineEnvironment({
  name: "dev", project: "acme", accountId: "111122223333", region: "eu-west-1", tier: "development",
  state: { backend: "local" },
  ecr: {
    repositories: { app: { enableEnhancedScanning: true } },
    unmanagedRepositories: { "team/tool": { scanOnPush: false } },
  },
});
`,
    );

    const { code, stdout } = await explain("--env", "dev");

    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "┌───────────────────────┬───────────────────┬────────────────────────────┬───────────────┬────────────────────┐
      │ repository            │ scanning          │ by filter                  │ replicated to │ by rule and filter │
      │ acme-dev-app          │ enhanced, on push │ SCAN_ON_PUSH *acme-dev-app │ -             │ -                  │
      │ team/tool (unmanaged) │ off               │ -                          │ -             │ -                  │
      └───────────────────────┴───────────────────┴────────────────────────────┴───────────────┴────────────────────┘
      Settings of registry-111122223333-eu-west-1.
      "
    `);
  });

  test("policy prints what the owner of a registry in another account has to allow, and a template for it", async () => {
    const policy = (env: string) => workspace.loaded(["ecr", "registry", "policy", "--env", env]);
    workspace.edit(
      "environments/prod.ts",
      '{ region: "eu-west-1" }',
      '{ region: "eu-west-1", registryId: "111111111111" }',
    );

    const [{ stdout }, none] = [await policy("prod"), await policy("dev")];

    expect(JSON.parse(stdout)).toMatchObject([
      {
        accountId: "111111111111",
        region: "eu-west-1",
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Sid: "ReplicationFrom987654321098",
              Effect: "Allow",
              Principal: { AWS: "arn:aws:iam::987654321098:root" },
              Action: ["ecr:CreateRepository", "ecr:ReplicateImage"],
              Resource: ["arn:aws:ecr:eu-west-1:111111111111:repository/myproject-prod-*"],
            },
          ],
        },
        template: {
          prefix: "ROOT",
          appliedFor: ["REPLICATION"],
          encryptionConfiguration: { encryptionType: "KMS" },
          imageTagMutability: "IMMUTABLE",
        },
        templateRole: { trustPolicy: {}, permissionsPolicy: {} },
        notes: [],
      },
    ]);
    expect([none.code, none.stderr]).toEqual([1, "dev replicates to no other account.\n"]);
  });

  test("settings of the whole registry are listed with the files that request them", async () => {
    workspace.write(
      "environments/dev.ts",
      `import { defineEnvironment } from "./environment";
export const dev = defineEnvironment({
  name: "dev", project: "acme", accountId: "111122223333", region: "eu-west-1", tier: "development",
  state: { backend: "local" },
  ecr: { repositories: { app: {} }, accountSettings: { basicScanTypeVersion: "AWS_NATIVE", registryPolicyScope: "V2" } },
});
`,
    );

    const { code, stdout } = await explain("--env", "dev");
    const json = await explain("--env", "dev", "--json");

    expect(code).toBe(0);
    expect(stdout.split("\n").slice(4)).toMatchInlineSnapshot(`
      [
        "┌─────────────────────────┬────────────┬─────────────────────┐",
        "│ whole registry          │ value      │ requested by        │",
        "│ BASIC_SCAN_TYPE_VERSION │ AWS_NATIVE │ environments/dev.ts │",
        "│ REGISTRY_POLICY_SCOPE   │ V2         │ environments/dev.ts │",
        "└─────────────────────────┴────────────┴─────────────────────┘",
        "Settings of registry-111122223333-eu-west-1.",
        "",
      ]
    `);
    expect(JSON.parse(json.stdout).settings[0]).toEqual({
      setting: "BASIC_SCAN_TYPE_VERSION",
      value: "AWS_NATIVE",
      files: ["environments/dev.ts"],
    });
  });

  test("fails for an unknown environment, with a suggestion", async () => {
    const { code, stderr } = await explain("--env", "prd");

    expect([code, stderr]).toEqual([1, 'There is no environment "prd"; did you mean "prod"?\n']);
  });
});
