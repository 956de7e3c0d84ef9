import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { EC2Client } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { makeNetwork, requestCertificate } from "../support/emulator/trial-network";

const layers = ["security", "network", "compute"].flatMap((layer) => ["--layer", layer]);

/** Alarms that an environment creates for a service. */
describeWithTerraform("alarms of a service", () => {
  let account: EmulatedAccount;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
  });
  afterAll(() => account.close());

  test("they are created before the service, and the next plan is empty", async () => {
    const vpc = await makeNetwork(new EC2Client(clientConfig(account.variables)));
    const certificateArn = await requestCertificate(account.variables);
    const deploy = async (image: object) => {
      writeEnvironments(account.workspace, {
        trial: {
          project: "acme",
          ecr: { repositories: { app: { forceDelete: true } } },
          network: { kind: "existing", ...vpc },
          ecs: {
            services: {
              web: {
                image: { repository: "app", ...image },
                port: 8080,
                loadBalancer: { certificateArn },
                deployment: {
                  ownAlarms: {
                    serverErrorPercent: 5,
                    unhealthyMinutes: 5,
                    cpuPercent: 95,
                    memoryPercent: 90,
                  },
                },
              },
            },
          },
        },
      });
      const { code, stdout, stderr } = await account.workspace.command([
        ...["deploy", "trial", ...layers, "--auto-approve"],
      ]);
      expect(code, stdout + stderr).toBe(0);
    };
    await deploy({ awaitsFirstPush: true });
    await deploy({ digest: await account.images.push("acme-trial-app", "v1") });

    const { MetricAlarms = [] } = await new CloudWatchClient(clientConfig(account.variables)).send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: "acme-trial-web" }),
    );
    expect(MetricAlarms.map(({ AlarmName, Threshold }) => [AlarmName, Threshold]).toSorted()).toEqual([
      ["acme-trial-web-cpu", 95],
      ["acme-trial-web-errors", 5],
      ["acme-trial-web-memory", 90],
      ["acme-trial-web-unhealthy", 1],
    ]);
    const { code, stdout, stderr } = await account.workspace.command(["diff", "trial", ...layers]);
    expect(code, stdout + stderr).toBe(0);
  });
});
