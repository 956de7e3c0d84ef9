import { DescribeRegistryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../support/emulator/client-config";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { writeEnvironments } from "../support/emulator/environment-files";
import { type RunningProvider, startProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const registry = "registry-123456789012-us-east-1";

const replicated = { enableReplication: true, replicationDestinations: [{ region: "eu-west-1" }] };
const live = {
  project: "shop",
  ecr: { registryOwner: "other-project", encryptionType: "AES256", repositories: { app: replicated } },
};
const dev = (ecr: object) => ({ project: "myproject", ecr: { encryptionType: "AES256", ...ecr } });
const web = { repositories: { web: replicated } };

/** No replication begins before the replicas exist. The tests build on each other, in this order. */
describeWithTerraform("the order of replicas and replication", () => {
  let emulator: Emulator;
  let provider: RunningProvider;
  let owner: Workspace;
  let guest: Workspace;
  let ecr: ECRClient;

  beforeAll(async () => {
    emulator = await startEmulator();
    const account = await emulator.asAccount("123456789012");
    provider = await startProvider(account);
    const variables = { ...account, ...provider.variables };
    owner = new Workspace(variables);
    guest = new Workspace(variables);
    ecr = new ECRClient(clientConfig(account));
  });
  afterAll(async () => {
    provider.stop();
    await emulator.stop();
    owner.remove();
    guest.remove();
  });

  const deploy = (workspace: Workspace, name: string, ...layers: string[]) =>
    workspace.command(["deploy", name, ...layers.flatMap((layer) => ["--layer", layer]), "--auto-approve"]);

  /** Names of the repositories that the registry replicates. */
  async function replicatedNames(): Promise<unknown[]> {
    const { replicationConfiguration } = await ecr.send(new DescribeRegistryCommand({}));
    return (replicationConfiguration?.rules ?? []).flatMap(({ repositoryFilters = [] }) =>
      repositoryFilters.map(({ filter }) => filter),
    );
  }

  const words = (text: string) => text.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");

  test("the registry is not deployed before the replicas", async () => {
    writeEnvironments(owner, { dev: dev(web) });

    const { code, stderr } = await deploy(owner, "dev", "registry");

    expect(code).toBe(1);
    expect(words(stderr)).toContain(
      `${registry} would replicate myproject-dev-web to eu-west-1, where no repository has that name, so ECR would create it with AES256 encryption, mutable tags and no policies; deploy the replicas first: npm run deploy -- dev --layer replicas`,
    );
    expect(await replicatedNames()).toEqual([]);
  });

  test("once they exist, it is", async () => {
    const { code, stdout, stderr } = await deploy(owner, "dev", "security", "replicas", "registry");

    expect(code, stdout + stderr).toBe(0);
    expect(await replicatedNames()).toEqual(["myproject-dev-web"]);
  });

  test("the owner of a shared registry cannot replicate before the other project has its replicas", async () => {
    writeEnvironments(guest, { live });
    const exported = await guest.command(["registry", "export", "--env", "live"]);
    writeEnvironments(owner, { dev: dev({ ...web, registryRequests: [JSON.parse(exported.stdout)] }) });

    const { code, stderr } = await deploy(owner, "dev", "registry");

    expect(code).toBe(1);
    expect(words(stderr)).toContain(
      "would replicate shop-live-app to eu-west-1, where no repository has that name, so ECR would create it with AES256 encryption, mutable tags and no policies; first, shop has to deploy the replicas of its environment live",
    );
    expect(await replicatedNames()).toEqual(["myproject-dev-web"]);
  });

  test("then it can, and a second plan is empty", async () => {
    const replicas = await deploy(guest, "live", "security", "replicas");
    expect(replicas.code, replicas.stdout + replicas.stderr).toBe(0);

    const { code, stdout, stderr } = await deploy(owner, "dev", "registry");
    const again = await owner.command(["diff", "dev", "--layer", "registry"]);

    expect(code, stdout + stderr).toBe(0);
    expect((await replicatedNames()).toSorted()).toEqual(["myproject-dev-web", "shop-live-app"]);
    expect(again.code, again.stdout + again.stderr).toBe(0);
  });

  test("replication ends without the provider of the Region", async () => {
    writeEnvironments(owner, {
      dev: dev({ repositories: { web: {} }, formerReplicaRegions: ["eu-west-1"] }),
    });

    const { code, stdout, stderr } = await deploy(owner, "dev", "registry");

    expect(code, stdout + stderr).toBe(0);
    expect(await replicatedNames()).toEqual([]);
  });
});
