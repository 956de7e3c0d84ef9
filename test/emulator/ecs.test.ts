import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeSecurityGroupsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListClustersCommand,
} from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "./client-config";
import { EmulatedAccount } from "./emulated-account";
import { describeWithTerraform } from "./skip-without-parts";
import { makeNetwork, publishNetwork, requestCertificate, type TrialNetwork } from "./trial-network";
import type { Workspace } from "./workspace";

const accountId = "123456789012";
const security = "security-trial";
const registry = `registry-${accountId}-us-east-1`;
const compute = "compute-trial";

/** The environment's file, once images are awaited and once there. */
const environmentFile = (
  network: object,
  certificateArn: string,
  image: object,
) => `import { defineEnvironment } from "./environment";

export const trial = defineEnvironment(${JSON.stringify({
  name: "trial",
  project: "acme",
  accountId,
  region: "us-east-1",
  tier: "development",
  state: { backend: "local" },
  ecr: { repositories: { app: { forceDelete: true } } },
  network,
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
})});
`;

const all = `import { trial } from "./trial";

export const definitions = { "environments/trial.ts": trial };
`;

/** Services before their image is pushed, and after. The tests build on each other, in this order. */
describeWithTerraform("ECS", () => {
  let account: EmulatedAccount;
  let workspace: Workspace;
  let network: TrialNetwork;
  let certificateArn: string;
  let ec2: EC2Client;
  let ecs: ECSClient;
  let ecr: ECRClient;
  let logs: CloudWatchLogsClient;

  beforeAll(async () => {
    account = await EmulatedAccount.open(accountId, "none");
    ({ workspace } = account);
    const { variables } = account;
    const config = clientConfig(variables);
    ec2 = new EC2Client(config);
    ecs = new ECSClient(config);
    ecr = new ECRClient(config);
    logs = new CloudWatchLogsClient(config);
    network = await makeNetwork(ec2);
    certificateArn = await requestCertificate(variables);
    publishNetwork(workspace, "network-trial", network);
  });
  afterAll(() => account.close());

  async function synth(image: object): Promise<void> {
    workspace.write(
      "environments/trial.ts",
      environmentFile({ kind: "existing", ...network }, certificateArn, image),
    );
    workspace.write("environments/all.ts", all);
    const { code, stdout, stderr } = await workspace.run(["npm", "run", "--silent", "synth"]);
    expect(code, stdout + stderr).toBe(0);
  }

  async function deploy(stack: string): Promise<void> {
    await workspace.terraform(stack, ["init"]);
    await workspace.terraform(stack, ["apply", "-auto-approve"]);
  }

  const outputs = async () =>
    Object.fromEntries(
      Object.entries<{ value: unknown }>(
        JSON.parse((await workspace.terraform(compute, ["output", "-json"])).stdout),
      ).map(([name, { value }]) => [name, value]),
    );

  test("everything but the services is made before an image is pushed", async () => {
    await synth({ awaitsFirstPush: true });
    await deploy(security);
    await Promise.all([deploy(registry), deploy(compute)]);

    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster: "acme-trial", services: ["acme-trial-web"] }),
    );
    const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}));
    const loadBalancer = expect.stringMatching(/^acme-trial-web-.*\.elb\.amazonaws\.com$/);
    expect(services).toEqual([]);
    expect(await outputs()).toMatchObject({
      ecs_cluster_name: "acme-trial",
      ecs_service_names: {},
      load_balancer_dns_names: { web: loadBalancer },
    });
    expect(logGroups.map(({ logGroupName }) => logGroupName)).toEqual([
      "/ecs/acme-trial/web",
      "/ecs/acme-trial/worker",
    ]);
    for (const { kmsKeyId, retentionInDays } of logGroups)
      expect([kmsKeyId, retentionInDays]).toEqual([expect.stringMatching(/^arn:aws:kms:.*:key\//), 30]);
  });

  let digest = "";

  test("the services run an image that was pushed, by its digest", async () => {
    const { image } = await ecr.send(
      new PutImageCommand({
        repositoryName: "acme-trial-app",
        imageTag: "v1",
        imageManifest: JSON.stringify({
          schemaVersion: 2,
          mediaType: "application/vnd.oci.image.manifest.v1+json",
          config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: "config", size: 1 },
          layers: [],
        }),
      }),
    );
    digest = image?.imageId?.imageDigest ?? "";
    await synth({ digest });
    await workspace.terraform(compute, ["apply", "-auto-approve"]);

    expect(await outputs()).toMatchObject({
      ecs_service_names: { web: "acme-trial-web", worker: "acme-trial-worker" },
    });
    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({
        cluster: "acme-trial",
        services: ["acme-trial-web", "acme-trial-worker"],
      }),
    );
    expect(services.map(({ desiredCount }) => desiredCount)).toEqual([2, 1]);
    for (const service of services)
      expect(service).toMatchObject({
        capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
        availabilityZoneRebalancing: "ENABLED",
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
        networkConfiguration: {
          awsvpcConfiguration: {
            assignPublicIp: "DISABLED",
            subnets: expect.arrayContaining([...network.privateSubnetIds]),
          },
        },
      });
  });

  test("a task is what the environment file says", async () => {
    const { taskDefinition } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: "acme-trial-web" }),
    );

    expect(taskDefinition).toMatchObject({
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
    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: "vpc-id", Values: [network.vpcId] }] }),
    );
    const group = (description: string) => SecurityGroups.find((found) => found.Description === description);

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
    await Promise.all(
      [security, registry, compute].map((stack) =>
        workspace.terraform(stack, ["plan", "-detailed-exitcode"]),
      ),
    );
  });

  test("it is destroyed from the top, and leaves nothing", async () => {
    await workspace.terraform(compute, ["destroy", "-auto-approve"]);
    await Promise.all(
      [registry, security].map((stack) => workspace.terraform(stack, ["destroy", "-auto-approve"])),
    );

    const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}));
    const { clusters = [] } = await ecs.send(new DescribeClustersCommand({ clusters: clusterArns }));
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: "vpc-id", Values: [network.vpcId] }] }),
    );
    expect(clusters.filter(({ status }) => status === "ACTIVE")).toEqual([]);
    expect(logGroups).toEqual([]);
    expect(SecurityGroups.map(({ GroupName }) => GroupName)).toEqual(["default"]);
  });
});
