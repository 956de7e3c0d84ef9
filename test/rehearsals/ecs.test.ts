import { EC2Client } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import {
  firewallsIn,
  makeNetwork,
  requestCertificate,
  type TrialNetwork,
} from "../support/emulator/trial-network";
import type { Workspace } from "../support/emulator/workspace";

const accountId = "123456789012";
const layers = ["security", "network", "compute"].flatMap((layer) => ["--layer", layer]);
/** The environment in a VPC that is there, once images are awaited and once there. */
const environmentWith = (vpc: TrialNetwork, certificateArn: string, image: object) => ({
  project: "acme",
  ecr: { repositories: { app: { forceDelete: true } } },
  network: { kind: "existing", ...vpc },
  ecs: {
    services: {
      web: {
        image: { repository: "app", ...image },
        port: 8080,
        environment: { LOG_LEVEL: "info", MODE: "trial" },
        writablePaths: ["/tmp"],
        healthCheckCommand: ["CMD-SHELL", "curl -f http://localhost:8080/health"],
        autoscaling: { minCount: 2, maxCount: 4 },
        loadBalancer: { certificateArn },
      },
      worker: { image: { repository: "app", ...image }, cpuArchitecture: "ARM64", memory: 1024 },
    },
  },
});

/** Services before their image is pushed, and after. The tests build on each other, in this order. */
describeWithTerraform("ECS", () => {
  let account: EmulatedAccount;
  let workspace: Workspace;
  let vpc: TrialNetwork;
  let certificateArn: string;
  let ec2: EC2Client;

  beforeAll(async () => {
    account = await EmulatedAccount.open(accountId);
    ({ workspace } = account);
    ec2 = new EC2Client(clientConfig(account.variables));
    vpc = await makeNetwork(ec2);
    certificateArn = await requestCertificate(account.variables);
  });
  afterAll(() => account.close());

  const runner = async (command: string, ...args: string[]) => {
    const { code, stdout, stderr } = await account.workspace.command([command, "trial", ...args]);
    expect(code, stdout + stderr).toBe(0);
  };

  const runImage = (image: object) =>
    writeEnvironments(workspace, { trial: environmentWith(vpc, certificateArn, image) });

  const outputs = async () =>
    Object.fromEntries(
      Object.entries<{ value: unknown }>(
        JSON.parse((await workspace.terraform("compute-trial", ["output", "-json"])).stdout),
      ).map(([name, { value }]) => [name, value]),
    );

  test("everything but the services is made before an image is pushed", async () => {
    runImage({ awaitsFirstPush: true });
    await runner("deploy", ...layers, "--auto-approve");

    const logGroups = await account.aws.logGroups();
    const loadBalancer = expect.stringMatching(/^acme-trial-web-.*\.elb\.amazonaws\.com$/);
    expect(await account.services.services("acme-trial")).toEqual({});
    expect(await outputs()).toMatchObject({
      ecs_cluster_name: "acme-trial",
      ecs_service_names: {},
      load_balancer_dns_names: { web: loadBalancer },
    });
    expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual([
      "/aws/ecs/containerinsights/acme-trial/performance",
      "/ecs/acme-trial/web",
      "/ecs/acme-trial/worker",
    ]);
    for (const { kmsKeyId, retentionInDays } of logGroups)
      expect([kmsKeyId, retentionInDays]).toEqual([expect.stringMatching(/^arn:aws:kms:.*:key\//), 30]);
  });

  let digest = "";

  test("the services run an image that was pushed, by its digest", async () => {
    digest = await account.images.push("acme-trial-app", "v1");
    runImage({ digest });
    await runner("deploy", "--layer", "compute", "--auto-approve");

    expect(await outputs()).toMatchObject({
      ecs_service_names: { web: "acme-trial-web", worker: "acme-trial-worker" },
    });
    const services = await account.services.services("acme-trial");
    expect(services).toMatchObject({
      "acme-trial-web": { desiredCount: 2 },
      "acme-trial-worker": { desiredCount: 1 },
    });
    for (const service of Object.values(services))
      expect(service).toMatchObject({
        capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
        availabilityZoneRebalancing: "ENABLED",
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
        networkConfiguration: {
          awsvpcConfiguration: {
            assignPublicIp: "DISABLED",
            subnets: expect.arrayContaining([...vpc.privateSubnetIds]),
          },
        },
      });
  });

  test("a task is what the environment file says", async () => {
    const { "acme-trial-web": web } = await account.services.services("acme-trial");

    expect(web?.task).toMatchObject({
      cpu: "256",
      memory: "512",
      runtimePlatform: { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" },
      executionRoleArn: `arn:aws:iam::${accountId}:role/acme/trial/acme-trial-ecs-execution`,
      taskRoleArn: `arn:aws:iam::${accountId}:role/acme/trial/acme-trial-ecs-task-web`,
      containerDefinitions: [
        {
          image: `${accountId}.dkr.ecr.us-east-1.amazonaws.com/acme-trial-app@${digest}`,
          readonlyRootFilesystem: true,
          environment: [
            { name: "LOG_LEVEL", value: "info" },
            { name: "MODE", value: "trial" },
          ],
          mountPoints: [{ containerPath: "/tmp" }],
          logConfiguration: { options: { "awslogs-group": "/ecs/acme-trial/web" } },
        },
      ],
    });
  });

  test("only the load balancer reaches the service behind it, and only the VPC the other", async () => {
    const firewalls = await firewallsIn(ec2, vpc.vpcId);
    const group = (description: string) => firewalls.find((found) => found.Description === description);

    expect(group("Tasks of acme-trial-web")?.IpPermissions).toMatchObject([
      {
        FromPort: 8080,
        ToPort: 8080,
        IpRanges: [],
        UserIdGroupPairs: [{ GroupId: group("Load balancer of acme-trial-web")?.GroupId }],
      },
    ]);
    expect(group("Tasks of acme-trial-worker")?.IpPermissions).toEqual([]);
  });

  test("a second plan finds nothing to change", async () => {
    await runner("diff", ...layers);
  });

  test("it is destroyed from the top, and leaves nothing", async () => {
    await runner("destroy", ...layers, "--auto-approve");

    expect(await account.services.clusters()).toEqual([]);
    expect(await account.aws.logGroups()).toEqual([]);
    expect((await firewallsIn(ec2, vpc.vpcId)).map(({ GroupName }) => GroupName)).toEqual(["default"]);
  });
});
