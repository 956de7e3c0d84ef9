import { DescribeRegistryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
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
const dev = (ecr: object) => ({ project: "myproject", ecr: { encryptionType: "KMS", ...ecr } });
const web = { repositories: { web: replicated } };

/** No replication begins before the replicas exist. The tests build on each other, in this order. */
describeWithTerraform("the order of replicas and replication", () => {
  let emulator: Emulator;
  let provider: RunningProvider;
  let owner: Workspace;
  let guest: Workspace;
  let ecr: ECRClient;
  /** What the guest requests from the registry. */
  let requests: object;

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
    await provider.stop();
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
    const { code, stdout, stderr } = await deploy(owner, "dev");

    expect(code, stdout + stderr).toBe(0);
    expect(await replicatedNames()).toEqual(["myproject-dev-web"]);
  });

  test("the owner of a shared registry cannot replicate before the other project has its replicas", async () => {
    writeEnvironments(guest, { live });
    const exported = await guest.command(["registry", "export", "--env", "live"]);
    requests = JSON.parse(exported.stdout);
    writeEnvironments(owner, { dev: dev({ ...web, registryRequests: [requests] }) });

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

  const ended = (former: object = {}) =>
    writeEnvironments(owner, {
      dev: dev({ repositories: { web: {} }, registryRequests: [requests], ...former }),
    });

  test("replication does not end while the file has no provider for what it leaves", async () => {
    ended();

    const { code, stderr } = await deploy(owner, "dev", "registry");

    expect([code, stderr]).toEqual([
      1,
      `The plan for ${registry} ends the replication to eu-west-1, and then no stack would destroy what is there:
  myproject-dev-web in eu-west-1
Add eu-west-1 to ecr.formerReplicaRegions in environments/dev.ts, and remove it when the replicas are destroyed.
Nothing in ${registry} was applied.
`,
    ]);
  });

  test("neither the key nor the replicas are destroyed while ECR replicates", async () => {
    ended({ formerReplicaRegions: ["eu-west-1"] });

    const key = await deploy(owner, "dev");
    const replicas = await deploy(owner, "dev", "replicas");

    expect([key.code, replicas.code]).toEqual([1, 1]);
    expect(
      key.stderr,
    ).toContain(`The plan for security-dev would destroy the key of these replicas, and their images would become unreadable:
  myproject-dev-web in eu-west-1
End the replication first, then destroy the replicas: npm run deploy -- dev --layer registry, then npm run deploy -- dev --layer replicas
Nothing in security-dev was applied.
`);
    expect(
      replicas.stderr,
    ).toContain(`The plan for replicas-dev would destroy replicas that ECR would create again at the next push, with AES256 and mutable tags:
  myproject-dev-web in eu-west-1
End the replication first: npm run deploy -- dev --layer registry
Nothing in replicas-dev was applied.
`);
  });

  test("in the right order, everything goes", async () => {
    for (const layer of ["registry", "replicas", "security"]) {
      const { code, stdout, stderr } = await deploy(owner, "dev", layer);
      expect(code, stdout + stderr).toBe(0);
    }

    expect(await replicatedNames()).toEqual(["shop-live-app"]);
  });

  test("the last replication to a Region ends without a provider for it", async () => {
    writeEnvironments(owner, { dev: dev({ repositories: { web: {} } }) });

    const command = ["deploy", "dev", "--layer", "registry", "--auto-approve", "--accept-registry-losses"];
    const { code, stdout, stderr } = await owner.command(command);

    expect(code, stdout + stderr).toBe(0);
    expect(await replicatedNames()).toEqual([]);
  });
});
