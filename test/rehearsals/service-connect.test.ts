import { EC2Client } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { makeNetwork, type TrialNetwork } from "../support/emulator/trial-network";

const layers = ["security", "network", "compute"].flatMap((layer) => ["--layer", layer]);

/** Services that find each other. The emulator keeps the configuration, and has no proxies. */
describeWithTerraform("Service Connect", () => {
  let account: EmulatedAccount;
  let vpc: TrialNetwork;
  let digest: string;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    vpc = await makeNetwork(new EC2Client(clientConfig(account.variables)));
  });
  afterAll(() => account.close());

  const runner = (command: string, ...args: string[]) =>
    account.workspace.command([command, "trial", ...layers, ...args]);
  const write = (services: object) =>
    writeEnvironments(account.workspace, {
      trial: {
        project: "acme",
        ecr: { repositories: { app: { forceDelete: true } } },
        network: { kind: "existing", ...vpc },
        ecs: { services },
      },
    });
  const deploy = async () => {
    const { code, stdout, stderr } = await runner("deploy", "--auto-approve");
    expect(code, stdout + stderr).toBe(0);
  };
  const image = () => ({ repository: "app", digest });

  /** Its repository is in another account, which the emulator does not ask. */
  const shared = () => ({
    image: { repository: "999988887777.dkr.ecr.us-east-1.amazonaws.com/team/app", digest },
  });

  test("a server and its client are created, and the next plan is empty", async () => {
    write({});
    await deploy();
    digest = await account.images.push("acme-trial-app", "v1");
    write({
      web: {
        image: image(),
        containers: { shared: shared() },
        serviceConnect: { connectsTo: ["orders"] },
      },
      orders: {
        image: image(),
        port: 8080,
        serviceConnect: { server: { alias: "shop", protocol: "http", requestTimeoutSeconds: 30 } },
      },
    });
    await deploy();
    const { code, stdout, stderr } = await runner("diff");

    expect(code, stdout + stderr).toBe(0);
    const { "acme-trial-web": web } = await account.services.services("acme-trial");
    expect(web?.task?.containerDefinitions?.map(({ image: uri }) => uri)).toContain(
      `999988887777.dkr.ecr.us-east-1.amazonaws.com/team/app@${digest}`,
    );
    expect(Object.keys(await account.services.services("acme-trial"))).toEqual(
      expect.arrayContaining(["acme-trial-orders", "acme-trial-web"]),
    );
  });

  test("what is no server any more is open to the VPC again, and the namespace goes", async () => {
    write({ web: { image: image() }, orders: { image: image(), port: 8080 } });
    await deploy();
    const { code, stdout, stderr } = await runner("diff");

    expect(code, stdout + stderr).toBe(0);
  });
});
