import {
  DescribeRegistryCommand,
  ECRClient,
  GetRegistryPolicyCommand,
  GetRegistryScanningConfigurationCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { writeEnvironments } from "../support/emulator/environment-files";
import { type RunningProvider, startProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const registry = "registry-123456789012-us-east-1";

/** Replicates into the registry, so that it has a policy. */
const build = {
  project: "myproject",
  accountId: "999988887777",
  region: "eu-west-1",
  ecr: {
    repositories: {
      base: {
        enableReplication: true,
        replicationDestinations: [{ region: "us-east-1", registryId: "123456789012" }],
      },
    },
  },
};

const repositories = {
  web: { enableReplication: true, replicationDestinations: [{ region: "eu-west-1" }] },
  quiet: { scanOnPush: false },
};

/** A registry moves from one project to another. The tests build on each other, in this order. */
describeWithTerraform("registry move", () => {
  let emulator: Emulator;
  let provider: RunningProvider;
  let old: Workspace;
  let taker: Workspace;
  let ecr: ECRClient;

  beforeAll(async () => {
    emulator = await startEmulator();
    const account = await emulator.asAccount("123456789012");
    provider = await startProvider(account);
    const variables = { ...account, ...provider.variables };
    old = new Workspace(variables);
    taker = new Workspace(variables);
    ecr = new ECRClient(clientConfig(account));
  });
  afterAll(async () => {
    await provider.stop();
    await emulator.stop();
    old.remove();
    taker.remove();
  });

  /** Which repositories the registry scans and replicates, and who may replicate into it. */
  async function settings() {
    const [scanning, replication, policy] = await Promise.all([
      ecr.send(new GetRegistryScanningConfigurationCommand({})),
      ecr.send(new DescribeRegistryCommand({})),
      ecr.send(new GetRegistryPolicyCommand({})).catch(() => undefined),
    ]);
    return {
      scanned: (scanning.scanningConfiguration?.rules ?? []).flatMap(({ repositoryFilters = [] }) =>
        repositoryFilters.map(({ filter }) => filter),
      ),
      replicated: (replication.replicationConfiguration?.rules ?? []).flatMap(({ repositoryFilters = [] }) =>
        repositoryFilters.map(({ filter }) => filter),
      ),
      statements: JSON.parse(policy?.policyText ?? '{"Statement":[]}').Statement.map(
        ({ Sid }: { Sid: string }) => Sid,
      ),
    };
  }

  const before = {
    scanned: ["*myproject-dev-web"],
    replicated: ["myproject-dev-web"],
    statements: ["ReplicationFrom999988887777"],
  };
  const after = { ...before, scanned: ["*myproject-dev-web", "*shop-live-app"] };

  /** Run a command to its end, and read the settings all the while: they must never lack what they had before. */
  async function watched(workspace: Workspace, command: readonly string[]): Promise<string> {
    let running = true;
    const lost: unknown[] = [];
    const watching = (async () => {
      while (running) {
        const now = await settings();
        if (!isWhole(now)) lost.push(now);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    const { code, stdout, stderr } = await workspace.command(command);
    running = false;
    await watching;
    expect(code, stdout + stderr).toBe(0);
    expect(lost).toEqual([]);
    return stdout;
  }

  const isWhole = (now: Awaited<ReturnType<typeof settings>>) =>
    (Object.keys(before) as (keyof typeof before)[]).every((kind) =>
      before[kind].every((value) => now[kind].includes(value)),
    );

  const deploy = (name: string) => ["deploy", name, "--layer", "registry", "--auto-approve"];

  test("the new owner imports the settings and adds its own", async () => {
    writeEnvironments(old, { build, dev: { project: "myproject", ecr: { repositories } } });
    // ECR would create the replica that does not exist, so Terraform refuses to replicate to it.
    const layers = ["security", "replicas", "registry"].flatMap((layer) => ["--layer", layer]);
    const { code, stdout, stderr } = await old.command(["deploy", "dev", ...layers, "--auto-approve"]);
    expect(code, stdout + stderr).toBe(0);
    expect(await settings()).toEqual(before);
    const exported = await old.command(["registry", "export", "--env", "dev"]);
    expect(exported.stderr).toContain('set ecr.registryOwner: "other-project" in environments/dev.ts');

    writeEnvironments(taker, {
      live: {
        project: "shop",
        ecr: { repositories: { app: {} }, registryRequests: [JSON.parse(exported.stdout)] },
      },
    });
    const moved = await watched(taker, ["registry", "move", "--env", "live"]);
    const deployed = await watched(taker, deploy("live"));

    expect(moved).toContain(`${registry} imports 3 of its resources:\n`);
    expect(moved).toContain("Next: npm run deploy -- live --layer registry\n");
    expect(deployed).toContain(`Review of ${registry}: 3 to import, 0 to add, 1 to change, 0 to destroy.`);
    expect(await settings()).toEqual(after);
  });

  test("the old owner cannot destroy what it has not forgotten yet", async () => {
    writeEnvironments(old, {
      build,
      dev: { project: "myproject", ecr: { registryOwner: "other-project", repositories } },
    });

    const { code, stderr } = await old.command(["destroy", "dev", "--layer", "registry", "--auto-approve"]);

    expect([code, stderr]).toEqual([
      1,
      `${registry} still has aws_ecr_registry_scanning_configuration.scanning, aws_ecr_replication_configuration.registry, aws_ecr_registry_policy.policy in its state, and another project owns these settings; destroying would reset them. Let it forget them first: npm run deploy -- dev --layer registry\n`,
    ]);
    expect(await settings()).toEqual(after);
  });

  test("the old owner forgets them, and they stay as they are", async () => {
    const moved = await watched(old, ["registry", "move", "--env", "dev"]);
    const deployed = await watched(old, deploy("dev"));

    expect(moved).toMatch(/ forgets these settings, and leaves them in AWS:\n( {2}aws_ecr_\S+\n){3}Next: /);
    expect(deployed).toMatch(new RegExp(`Review of ${registry}: \\d+ to forget\\.`));
    expect(await settings()).toEqual(after);
  });

  test("then neither plan changes anything, and there is nothing left to move", async () => {
    for (const [workspace, name] of [
      [old, "dev"],
      [taker, "live"],
    ] as const) {
      const { code, stdout, stderr } = await workspace.command(["diff", name, "--layer", "registry"]);
      expect(code, stdout + stderr).toBe(0);
      const moved = await workspace.command(["registry", "move", "--env", name]);
      expect([moved.code, moved.stdout]).toEqual([
        0,
        expect.stringMatching(/nothing is left|already has every/),
      ]);
    }
  });

  test("destroying what the old owner still has takes nothing away", async () => {
    await watched(old, ["destroy", "dev", "--layer", "registry", "--auto-approve"]);

    expect(await settings()).toEqual(after);
  });
});
