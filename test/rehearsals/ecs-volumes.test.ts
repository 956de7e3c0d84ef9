import { EC2Client } from "@aws-sdk/client-ec2";
import { DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import { GetRolePolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { makeNetwork, type TrialNetwork } from "../support/emulator/trial-network";

const layers = ["security", "network", "compute"].flatMap((layer) => ["--layer", layer]);

/** File systems that tasks mount. The tests build on each other, in this order. */
describeWithTerraform("file systems of ECS tasks", () => {
  let account: EmulatedAccount;
  let vpc: TrialNetwork;
  let digest = "";

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    vpc = await makeNetwork(new EC2Client(clientConfig(account.variables)));
  });
  afterAll(() => account.close());

  const write = (fileSystems: object, image: object, fileSystem = "files") => {
    const task = {
      image: { repository: "app", ...image },
      volumes: { uploads: { fileSystem, directory: "/uploads" } },
      mounts: [{ volume: "uploads", path: "/var/uploads" }],
    };
    writeEnvironments(account.workspace, {
      trial: {
        ...{ project: "acme", deletionProtection: true },
        ecr: { repositories: { app: { forceDelete: true } } },
        network: { kind: "existing", ...vpc },
        ecs: {
          fileSystems,
          services: { web: task },
          scheduledTasks: { report: { ...task, schedule: "rate(1 day)" } },
        },
      },
    });
  };
  const command = (...args: string[]) => account.workspace.command(args);
  const apply = async () => {
    const { code, stdout, stderr } = await command("deploy", "trial", ...layers, "--auto-approve");
    expect(code, stdout + stderr).toBe(0);
  };
  const expectEmptyPlan = async () => {
    const { code, stdout, stderr } = await command("diff", "trial", "--layer", "compute");
    expect(code, stdout + stderr).toBe(0);
  };

  test("a service and a scheduled task mount one, and the next plan is empty", async () => {
    write({ files: {} }, { awaitsFirstPush: true });
    await apply();
    digest = await account.images.push("acme-trial-app", "v1");
    write({ files: {} }, { digest });
    await apply();

    const { taskDefinition } = await new ECSClient(clientConfig(account.variables)).send(
      new DescribeTaskDefinitionCommand({ taskDefinition: "acme-trial-web" }),
    );
    const [volume] = taskDefinition?.volumes ?? [];
    expect(volume).toMatchObject({
      name: "files-uploads",
      efsVolumeConfiguration: {
        fileSystemId: expect.stringMatching(/^fs-/),
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId: expect.stringMatching(/^fsap-/), iam: "ENABLED" },
      },
    });
    expect(taskDefinition?.containerDefinitions?.[0]?.mountPoints).toMatchObject([
      { sourceVolume: "files-uploads", containerPath: "/var/uploads", readOnly: false },
    ]);
    const PolicyName = volume?.efsVolumeConfiguration?.authorizationConfig?.accessPointId;
    const { PolicyDocument = "" } = await new IAMClient(clientConfig(account.variables)).send(
      new GetRolePolicyCommand({ RoleName: "acme-trial-ecs-task-web", PolicyName }),
    );
    expect(JSON.parse(decodeURIComponent(PolicyDocument)).Statement).toMatchObject([
      {
        Resource: expect.stringContaining(`file-system/${volume?.efsVolumeConfiguration?.fileSystemId}`),
        Condition: {
          StringEquals: {
            "elasticfilesystem:AccessPointArn": expect.stringContaining(`/${PolicyName}`),
          },
        },
      },
    ]);
    await expectEmptyPlan();
  });

  test("other settings change it in place", async () => {
    write({ files: { throughput: "bursting", infrequentAccessAfterDays: 30, backups: false } }, { digest });
    await apply();
    await expectEmptyPlan();
  });

  test("with deletion protection, a deploy stops before it destroys one, and the review blocks it", async () => {
    write({ other: {} }, { digest }, "other");

    const planned = await command("plan", "trial", "--layer", "compute");
    expect(planned.stdout + planned.stderr).toContain("file-system-loss");
    const { code, stderr, stdout } = await command("deploy", "trial", "--layer", "compute", "--auto-approve");
    expect(code, stdout + stderr).not.toBe(0);
    expect(stdout + stderr).toContain("is protected from deletion");
  });
});
