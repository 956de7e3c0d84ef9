import { EC2Client } from "@aws-sdk/client-ec2";
import { GetScheduleCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { makeNetwork, type TrialNetwork } from "../support/emulator/trial-network";

const accountId = "123456789012";
const layers = ["security", "network", "compute"].flatMap((layer) => ["--layer", layer]);

/** A task that EventBridge Scheduler starts. The tests build on each other, in this order. */
describeWithTerraform("scheduled tasks", () => {
  let account: EmulatedAccount;
  let scheduler: SchedulerClient;
  let vpc: TrialNetwork;
  let digest = "";

  beforeAll(async () => {
    account = await EmulatedAccount.open(accountId);
    scheduler = new SchedulerClient(clientConfig(account.variables));
    vpc = await makeNetwork(new EC2Client(clientConfig(account.variables)));
  });
  afterAll(() => account.close());

  const environmentWith = (image: object, task: object = {}) =>
    writeEnvironments(account.workspace, {
      trial: {
        project: "acme",
        ecr: { repositories: { app: { forceDelete: true } } },
        network: { kind: "existing", ...vpc },
        ecs: {
          scheduledTasks: {
            report: {
              image: { repository: "app", ...image },
              schedule: "cron(30 2 ? * MON-FRI *)",
              timeZone: "Europe/Berlin",
              flexibleWindowMinutes: 15,
              maximumRetryAttempts: 3,
              maximumEventAgeSeconds: 3600,
              environment: { MODE: "nightly" },
              writablePaths: ["/tmp"],
              ...task,
            },
          },
        },
      },
    });
  const command = (...args: string[]) => account.workspace.command(args);
  const apply = async () => {
    const { code, stdout, stderr } = await command("deploy", "trial", ...layers, "--auto-approve");
    expect(code, stdout + stderr).toBe(0);
  };
  const scheduled = () =>
    scheduler.send(new GetScheduleCommand({ GroupName: "acme-trial", Name: "acme-trial-report" }));

  test("everything but the schedule is made before an image is pushed, and nothing can be started", async () => {
    environmentWith({ awaitsFirstPush: true });
    await apply();

    await expect(scheduled()).rejects.toThrow("acme-trial-report");
    const { code, stderr } = await command("ecs", "run", "--env", "trial", "report");
    expect(code).toBe(1);
    expect(stderr).toContain(
      'The scheduled task "report" in environments/trial.ts awaits the first push of app',
    );
  });

  test("the schedule starts the image in the file, in private subnets, and the next plan is empty", async () => {
    digest = await account.images.push("acme-trial-app", "v1");
    environmentWith({ digest });
    await apply();

    expect(await scheduled()).toMatchObject({
      ScheduleExpression: "cron(30 2 ? * MON-FRI *)",
      ScheduleExpressionTimezone: "Europe/Berlin",
      State: "ENABLED",
      FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 15 },
      Target: {
        Arn: `arn:aws:ecs:us-east-1:${accountId}:cluster/acme-trial`,
        RoleArn: `arn:aws:iam::${accountId}:role/acme/trial/acme-trial-ecs-schedule-report`,
        DeadLetterConfig: { Arn: `arn:aws:sqs:us-east-1:${accountId}:acme-trial-scheduled-tasks` },
        RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
        EcsParameters: {
          TaskDefinitionArn: expect.stringMatching(/:task-definition\/acme-trial-report:1$/),
          TaskCount: 1,
          CapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
          NetworkConfiguration: {
            awsvpcConfiguration: {
              AssignPublicIp: "DISABLED",
              Subnets: expect.arrayContaining([...vpc.privateSubnetIds]),
            },
          },
        },
      },
    });
    const diff = await command("diff", "trial", ...layers);
    expect(diff.code, diff.stdout + diff.stderr).toBe(0);
  });

  test("a change of the task reaches the schedule, which is updated in place", async () => {
    environmentWith({ digest }, { environment: { MODE: "full" }, enabled: false });
    await apply();

    expect(await scheduled()).toMatchObject({
      State: "DISABLED",
      Target: { EcsParameters: { TaskDefinitionArn: expect.stringMatching(/acme-trial-report:2$/) } },
    });
  });

  test("a task runs by hand with what the schedule starts, although it is disabled", async () => {
    const run = ["ecs", "run", "--env", "trial", "--timeout", "0", "report"];
    const { code, stderr } = await command(...run);
    const typo = await command("ecs", "run", "--env", "trial", "repord");

    expect(code, stderr).toBe(1);
    expect(stderr).toMatch(/^The task arn:aws:ecs:.* is still running after 0 seconds, and continues\.$/m);
    expect(typo.stderr).toContain('"report"');
  });

  test("its image counts as in use", async () => {
    const { code, stdout, stderr } = await command(
      ...["ecr", "lifecycle", "preview", "--env", "trial", "--repository", "app", "--live", "--json"],
    );
    expect([code, stdout + stderr]).toEqual([
      0,
      expect.stringContaining("Schedule acme-trial/acme-trial-report"),
    ]);
  });
});
