import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeployedAws } from "../support/emulator/deployed-aws";
import { DeployedNetwork } from "../support/emulator/deployed-network";
import { DeployedSecrets } from "../support/emulator/deployed-secrets";
import { testConsumers } from "../support/emulator/dev-consumers";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import type { Ran } from "../support/emulator/ran";
import { ownProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import type { DeployedStateBucket } from "../support/emulator/state-bucket";
import type { Workspace } from "../support/emulator/workspace";

const stacks = ["security-dev", "network-dev", "registry-123456789012-us-east-1", "compute-dev"];
const named = (shortName: string) => `myproject-dev-${shortName}`;
const names = ["api-service", "lambda-processor", "web-app", "worker"].map(named);

/** The guide's development environment, driven by the cdktf CLI. The tests build on each other, in this order. */
describeWithTerraform("dev", () => {
  let account: EmulatedAccount;
  let workspace: Workspace;
  let aws: DeployedAws;
  let network: DeployedNetwork;
  let secrets: DeployedSecrets;
  let bucket: DeployedStateBucket;
  let bootstrap: Promise<Ran>;

  const cdktf = async (args: readonly string[], variables = {}): Promise<Ran> => {
    const ran = await workspace.run(["node_modules/.bin/cdktf", ...args], variables);
    if (ran.code !== 0) throw new Error(`cdktf ${args.join(" ")}: ${ran.code}\n${ran.stdout}${ran.stderr}`);
    return ran;
  };

  const runner = (command: string, ...layers: string[]): Promise<Ran> => {
    const chosen = layers.flatMap((layer) => ["--layer", layer]);
    return workspace.loaded([command, "dev", ...chosen, ...(command === "diff" ? [] : ["--auto-approve"])]);
  };

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    ({ workspace, aws } = account);
    bucket = account.bucket("myproject-dev-tfstate-123456789012");
    network = new DeployedNetwork("myproject-dev", account.variables);
    secrets = new DeployedSecrets(account.variables);
  });
  afterAll(() => account.close());

  test("cdktf deploys a stack alone, without a terminal, over layers that the runner deployed", async () => {
    // In a process of its own, because it does not end before the next command begins.
    bootstrap = workspace.command(["deploy", "dev", "--layer", "bootstrap", "--auto-approve"]);
    await bucket.usable(bootstrap);

    const below = await runner("deploy", "security", "network", "registry");
    expect(below.code, below.stdout + below.stderr).toBe(0);
    await workspace.skipCodeCheck();
    await cdktf(
      ["deploy", "compute-dev", "--auto-approve", "--outputs-file", "cdktf.out/outputs.json"],
      ownProvider,
    );

    expect(await bucket.keys()).toEqual(
      stacks.map((stack) => `myproject/${stack}/terraform.tfstate`).toSorted(),
    );
  });

  test("repositories are as the environment file says", async () => {
    const repositories = await aws.repositories();

    expect(Object.keys(repositories).toSorted()).toEqual(names);
    for (const name of names)
      expect(repositories[name]).toMatchObject({
        imageTagMutability: "MUTABLE",
        encryptionConfiguration: { encryptionType: "AES256" },
        imageScanningConfiguration: { scanOnPush: true },
      });
    expect(await aws.imagesKept(names)).toEqual({
      [named("api-service")]: 30,
      [named("lambda-processor")]: 10,
      [named("web-app")]: 50,
      [named("worker")]: 20,
    });
    expect(await aws.scanType()).toBe("BASIC");
    expect(await aws.scanFrequencies(names)).toEqual(
      Object.fromEntries(names.map((name) => [name, "SCAN_ON_PUSH"])),
    );
  });

  test("before the first push everything is there but what runs an image", async () => {
    const key = await aws.key("alias/myproject-dev-logs");

    expect(await account.services.clusters()).toEqual(["myproject-dev"]);
    expect(await account.services.services("myproject-dev")).toEqual({});
    expect(await account.lambda.functionNames()).toEqual([]);
    expect(await network.vpc()).toMatchObject({ cidrBlock: "10.10.0.0/16", dns: [true, true] });
    expect(
      Object.values(await network.subnets())
        .map(({ internet }) => internet)
        .toSorted(),
    ).toEqual(["igw", "igw", "nat", "nat"]);
    expect(await network.natGateways()).toHaveLength(1);
    expect((await account.lambda.roleNames()).toSorted()).toEqual(
      [
        "ecs-execution",
        "ecs-task-api-service",
        "ecs-task-web-app",
        "flow-logs",
        "lambda-lambda-processor",
      ].map(named),
    );
    const group = (logGroupName: string, retentionInDays: number) => ({
      ...{ logGroupName, retentionInDays },
      kmsKeyId: key.Arn,
    });
    expect(await aws.logGroups()).toEqual([
      group("/aws/ecs/containerinsights/myproject-dev/performance", 30),
      group("/aws/lambda/myproject-dev-lambda-processor", 30),
      group("/aws/vpc/myproject-dev/flow-logs", 365),
      group("/ecs/myproject-dev/api-service", 30),
      group("/ecs/myproject-dev/web-app", 30),
    ]);
  });

  test("terraform output prints the repository URLs as the guide shows them", async () => {
    const { stdout } = await workspace.terraform("compute-dev", ["output", "ecr_repository_urls"]);

    expect(stdout).toBe(`{
  "api-service" = "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-api-service"
  "lambda-processor" = "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-lambda-processor"
  "web-app" = "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-web-app"
  "worker" = "123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-worker"
}
`);
  });

  testConsumers(() => ({ account, network, secrets }));

  test("cdktf has written every output", () => {
    const outputs = JSON.parse(readFileSync(join(workspace.folder, "cdktf.out/outputs.json"), "utf8"))[
      "compute-dev"
    ];
    expect(Object.keys(outputs).toSorted()).toEqual([
      "contract_version",
      "ecr_registry_ids",
      "ecr_repository_arns",
      "ecr_repository_names",
      "ecr_repository_urls",
      "ecs_cluster_name",
      "ecs_service_names",
      "lambda_function_arns",
      "lambda_function_names",
      "load_balancer_dns_names",
    ]);
    expect(outputs.ecr_registry_ids["web-app"]).toBe("123456789012");
    expect(outputs.ecr_repository_names["web-app"]).toBe(named("web-app"));
    expect(outputs.ecr_repository_arns["web-app"]).toBe(
      `arn:aws:ecr:us-east-1:123456789012:repository/${named("web-app")}`,
    );
  });

  test("a second plan of every stack is empty", async () => {
    const { code, stdout: plans } = await runner("diff");

    expect(code, plans).toBe(0);
    expect(plans.match(/No changes\. Your infrastructure matches the configuration\./g)).toHaveLength(4);
    expect((await bootstrap).code, (await bootstrap).stdout).toBe(0);
    await workspace.terraform("bootstrap-dev", ["plan", "-detailed-exitcode"]);
  });

  test("keys are not destroyed under the repositories, and no network under what runs in it", async () => {
    const keys = await runner("destroy", "security");
    const vpc = await runner("destroy", "network");

    expect([keys.code, vpc.code]).toEqual([1, 1]);
    expect([keys.stderr, vpc.stderr]).toEqual(
      ["security-dev", "network-dev"].map(
        (stack) =>
          `compute-dev still has 29 resources and may depend on ${stack}; destroy it first: npm run destroy -- dev --layer compute\n`,
      ),
    );
  });

  test("it is destroyed from the top, and leaves nothing", async () => {
    const { code, stdout, stderr } = await runner("destroy");

    expect(code, stdout + stderr).toBe(0);
    expect(stdout.match(/^\[\d\/4\] destroy .*$/gm)).toEqual(
      stacks.toReversed().map((stack, i) => `[${i + 1}/4] destroy ${stack}`),
    );
    expect(await aws.repositories()).toEqual({});
    expect(await account.services.clusters()).toEqual([]);
    expect(await account.lambda.functionNames()).toEqual([]);
    expect(await account.lambda.roleNames()).toEqual([]);
    expect(await aws.logGroups()).toEqual([]);
    expect(await network.vpc()).toBeUndefined();
    expect(await secrets.described("myproject-dev/api-token")).toMatchObject({
      DeletedDate: expect.any(Date),
    });
  });
});
