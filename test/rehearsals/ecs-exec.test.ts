import { EC2Client } from "@aws-sdk/client-ec2";
import { DescribeClustersCommand, DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { makeNetwork, requestCertificate, type TrialNetwork } from "../support/emulator/trial-network";

const layers = ["security", "network", "compute"].flatMap((layer) => ["--layer", layer]);

/** ECS Exec, switched on for a service that runs, which also scales by all targets. */
describeWithTerraform("ECS Exec and scaling", () => {
  let account: EmulatedAccount;
  let ecs: ECSClient;
  let vpc: TrialNetwork;
  let certificateArn = "";
  let digest = "";

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    ecs = new ECSClient(clientConfig(account.variables));
    vpc = await makeNetwork(new EC2Client(clientConfig(account.variables)));
    certificateArn = await requestCertificate(account.variables);
  });
  afterAll(() => account.close());

  const environmentWith = (service: object) =>
    writeEnvironments(account.workspace, {
      trial: {
        project: "acme",
        ecr: { repositories: { app: { forceDelete: true } } },
        network: { kind: "existing", ...vpc },
        ecs: {
          services: {
            web: {
              port: 8080,
              loadBalancer: { certificateArn },
              autoscaling: {
                ...{ minCount: 2, maxCount: 4, memoryTargetPercent: 75, requestsPerTask: 500 },
                scaleInCooldownSeconds: 600,
                schedules: {
                  evening: { schedule: "cron(0 20 * * ? *)", timeZone: "Europe/Berlin", minCount: 1 },
                },
              },
              ...service,
            },
          },
        },
      },
    });
  const apply = async () => {
    const { code, stdout, stderr } = await account.workspace.command([
      ...["deploy", "trial", ...layers, "--auto-approve"],
    ]);
    expect(code, stdout + stderr).toBe(0);
  };
  const state = async () => {
    const cluster = "acme-trial";
    const { services } = await ecs.send(
      new DescribeServicesCommand({ cluster, services: ["acme-trial-web"] }),
    );
    const { clusters } = await ecs.send(
      new DescribeClustersCommand({ clusters: [cluster], include: ["CONFIGURATIONS"] }),
    );
    return {
      isOn: services?.[0]?.enableExecuteCommand,
      logging: clusters?.[0]?.configuration?.executeCommandConfiguration,
    };
  };

  test("a service runs without it", async () => {
    environmentWith({ image: { repository: "app", awaitsFirstPush: true } });
    await apply();
    digest = await account.images.push("acme-trial-app", "v1");
    environmentWith({ image: { repository: "app", digest } });
    await apply();

    expect(await state()).toEqual({ isOn: false, logging: undefined });
  });

  test("it is switched on, with a log of its sessions, and the next plan is empty", async () => {
    environmentWith({
      ...{ image: { repository: "app", digest }, exec: true },
      ...{ readonlyRootFilesystem: false, initProcessEnabled: true },
    });
    await apply();

    expect(await state()).toMatchObject({
      isOn: true,
      logging: {
        logging: "OVERRIDE",
        logConfiguration: {
          cloudWatchLogGroupName: "/ecs/acme-trial/exec/sessions",
          cloudWatchEncryptionEnabled: true,
        },
      },
    });
    const { code, stdout, stderr } = await account.workspace.command(["diff", "trial", ...layers]);
    expect(code, stdout + stderr).toBe(0);
  });
});
