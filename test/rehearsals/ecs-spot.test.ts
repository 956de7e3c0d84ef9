import { EC2Client } from "@aws-sdk/client-ec2";
import { DescribeClustersCommand, DescribeServicesCommand, ECSClient } from "@aws-sdk/client-ecs";
import { GetScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { makeNetwork, type TrialNetwork } from "../support/emulator/trial-network";

const layers = ["security", "network", "compute"].flatMap((layer) => ["--layer", layer]);
const fargate = ["FARGATE"];
const both = ["FARGATE", "FARGATE_SPOT"];

/** A service that moves to Fargate Spot and back. The tests build on each other, in this order. */
describeWithTerraform("Fargate Spot", () => {
  let account: EmulatedAccount;
  let ecs: ECSClient;
  let vpc: TrialNetwork;
  let digest = "";
  let createdAt: Date | undefined;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    ecs = new ECSClient(clientConfig(account.variables));
    vpc = await makeNetwork(new EC2Client(clientConfig(account.variables)));
  });
  afterAll(() => account.close());

  const write = (service: object, task: object = {}, image: object = { digest }) =>
    writeEnvironments(account.workspace, {
      trial: {
        project: "acme",
        ecr: { repositories: { app: { forceDelete: true } } },
        network: { kind: "existing", ...vpc },
        ecs: {
          services: { web: { image: { repository: "app", ...image }, desiredCount: 4, ...service } },
          scheduledTasks: {
            report: { image: { repository: "app", ...image }, schedule: "rate(1 day)", ...task },
          },
        },
      },
    });
  const command = (...args: string[]) => account.workspace.command(args);
  const apply = async () => {
    const { code, stdout, stderr } = await command("deploy", "trial", ...layers, "--auto-approve");
    expect(code, stdout + stderr).toBe(0);
  };
  const expectEmptyPlan = async () => {
    const { code, stdout, stderr } = await command("diff", "trial", "--layer", "compute");
    expect(code, stdout + stderr).toBe(0);
  };
  const state = async () => {
    const { services: [service] = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster: "acme-trial", services: ["acme-trial-web"] }),
    );
    const { clusters } = await ecs.send(new DescribeClustersCommand({ clusters: ["acme-trial"] }));
    return {
      cluster: clusters?.[0]?.capacityProviders?.toSorted(),
      service: service?.capacityProviderStrategy
        ?.map(({ capacityProvider, base = 0, weight }) => [capacityProvider, base, weight])
        .toSorted(),
      isSame: service?.createdAt?.getTime() === createdAt?.getTime(),
      createdAt: service?.createdAt,
    };
  };

  test("all tasks run on Fargate without the option", async () => {
    write({}, {}, { awaitsFirstPush: true });
    await apply();
    digest = await account.images.push("acme-trial-app", "v1");
    write({});
    await apply();

    const now = await state();
    createdAt = now.createdAt;
    expect(now).toMatchObject({ cluster: fargate, service: [["FARGATE", 0, 1]] });
  });

  test("the same service moves to Spot and gets other weights, and the next plan is empty", async () => {
    write({ capacity: { spotWeight: 3 } }, { spot: true });
    await apply();

    const { service, ...moved } = await state();
    expect(service).toEqual([
      ["FARGATE", 1, 1],
      ["FARGATE_SPOT", 0, 3],
    ]);
    expect(moved).toMatchObject({ cluster: both, isSame: true });
    const { Target } = await new SchedulerClient(clientConfig(account.variables)).send(
      new GetScheduleCommand({ GroupName: "acme-trial", Name: "acme-trial-report" }),
    );
    expect(Target?.EcsParameters?.CapacityProviderStrategy).toMatchObject([
      { capacityProvider: "FARGATE_SPOT", weight: 1 },
    ]);

    write({ capacity: { spotWeight: 1, onDemandWeight: 0, onDemandBase: 0 } }, { spot: true });
    await apply();
    expect(await state()).toMatchObject({ service: [["FARGATE_SPOT", 0, 1]], isSame: true });
    await expectEmptyPlan();
  });

  test("the review reports that the service is replaced if the file no longer names its capacity", async () => {
    write({});

    const { code, stdout } = await command("plan", "trial", "--layer", "compute");
    expect(code).toBe(2);
    expect(stdout).toContain("keep capacity in the file with spotWeight: 0");
  });

  test("the same service leaves Spot with weight 0, and then the option can go", async () => {
    write({ capacity: { spotWeight: 0 } });
    await apply();
    expect(await state()).toMatchObject({ cluster: both, service: [["FARGATE", 0, 1]], isSame: true });
    await expectEmptyPlan();

    write({});
    await apply();
    expect(await state()).toMatchObject({ cluster: fargate, service: [["FARGATE", 0, 1]], isSame: true });
    await expectEmptyPlan();
  });
});
