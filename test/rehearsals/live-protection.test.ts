import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  PutLifecyclePolicyCommand,
} from "@aws-sdk/client-ecr";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { ImageRegistry } from "../../emulator/image-registry";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const repositoryName = "myproject-dev-web-app";
const repositoryUrl = `123456789012.dkr.ecr.us-east-1.amazonaws.com/${repositoryName}`;
const otherAccount = "210987654321";

type Account = Readonly<Record<string, string>>;

async function runService(account: Account, name: string, image: string): Promise<void> {
  const client = new ECSClient(clientConfig(account));
  const cluster = `${name}-cluster`;
  await client.send(new CreateClusterCommand({ clusterName: cluster }));
  await client.send(
    new RegisterTaskDefinitionCommand({
      family: name,
      containerDefinitions: [{ name: "app", image, memory: 128 }],
    }),
  );
  await client.send(
    new CreateServiceCommand({ cluster, serviceName: name, taskDefinition: name, desiredCount: 0 }),
  );
}

/** Images that run are found by asking AWS, and kept by a tag. */
describeWithTerraform("images that run", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  let ecr: ECRClient;
  const digests: string[] = [];

  const lifecycle = (...args: string[]) => workspace.command(["ecr", "lifecycle", ...args, "--env", "dev"]);
  const ofWebApp = ["--repo", "web-app"];
  const tagsOf = async (digest = "") => {
    const { imageDetails = [] } = await ecr.send(
      new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }),
    );
    return imageDetails[0]?.imageTags?.toSorted();
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    const account = await emulator.asAccount("123456789012");
    const other = await emulator.asAccount(otherAccount);
    workspace = new Workspace(account);
    ecr = new ECRClient(clientConfig(account));
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    const images = new ImageRegistry(account);
    for (let number = 1; number <= 60; number++) {
      digests.push(await images.push(repositoryName, `v${number}`));
      // The emulator notes pushes by the second, and these four are to be the oldest.
      if (number === 4) await sleep(1_100);
    }
    await runService(account, "web", `${repositoryUrl}:v1`);
    await runService(other, "elsewhere", `${repositoryUrl}@${digests[1]}`);
    const iam = new IAMClient(clientConfig(account));
    const role = (await iam.send(new CreateRoleCommand({ RoleName: "fn", AssumeRolePolicyDocument: "{}" })))
      .Role;
    await new LambdaClient(clientConfig(account)).send(
      new CreateFunctionCommand({
        FunctionName: "resize",
        PackageType: "Image",
        Role: role?.Arn,
        Code: { ImageUri: `${repositoryUrl}@${digests[2]}` },
      }),
    );
    await new IAMClient(clientConfig(other)).send(
      new CreateRoleCommand({ RoleName: "reader", AssumeRolePolicyDocument: "{}" }),
    );
    workspace.write(
      "pods.json",
      JSON.stringify({
        items: [
          {
            metadata: { name: "web-1", namespace: "shop" },
            spec: { containers: [{ image: `${repositoryUrl}:v4` }] },
            status: {
              phase: "Running",
              containerStatuses: [{ image: "v4", imageID: `${repositoryUrl}@${digests[3]}` }],
            },
          },
        ],
      }),
    );
  }, 300_000);
  afterAll(async () => {
    await emulator.stop();
    workspace.remove();
  });

  const everywhere = ["--role", `arn:aws:iam::${otherAccount}:role/reader`, "--pods", "pods.json"];

  test("a preview marks what services, functions and pods run, in other accounts too", async () => {
    const { code, stdout, stderr } = await lifecycle(
      "preview",
      ...ofWebApp,
      "--live",
      ...everywhere,
      "--json",
    );

    const { previewResults = [] } = JSON.parse(stdout || "{}");
    const users = previewResults.flatMap(({ runBy }: { runBy: string[] }) => runBy);
    expect(users.toSorted(), stderr).toEqual([
      `ECS service elsewhere-cluster/elsewhere in account ${otherAccount}, us-east-1`,
      "ECS service web-cluster/web in account 123456789012, us-east-1",
      "Lambda function resize:$LATEST in account 123456789012, us-east-1",
      "pod shop/web-1 (pods.json)",
    ]);
    expect(stderr).toContain("4 images in use would be removed or archived.");
    expect(code).toBe(2);
  });

  test("what was not asked is told, and options that need --live say so", async () => {
    const [live, without] = [
      await lifecycle("preview", ...ofWebApp, "--live"),
      await lifecycle("preview", ...ofWebApp, "--pods", "pods.json"),
    ];

    expect(live.stderr).toContain(
      "Kubernetes was not asked: name clusters with --kube-context, or pods with --pods.",
    );
    expect(without).toMatchObject({ code: 1, stdout: "" });
    expect(without.stderr).toBe(
      "--role, --region, --kube-context and --pods say where images run; add --live\n",
    );
  });

  test("nothing is tagged before the deployed policy protects the tag", async () => {
    const { code, stdout } = await lifecycle("protect", ...ofWebApp, "--apply");

    expect(stdout).toContain(`${repositoryName} in us-east-1: 2 images run, all are protected.`);
    expect(code).toBe(0);
    await ecr.send(
      new PutLifecyclePolicyCommand({
        repositoryName,
        lifecyclePolicyText: JSON.stringify({
          rules: [
            {
              rulePriority: 1,
              selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 },
              action: { type: "expire" },
            },
          ],
        }),
      }),
    );
    const refused = await lifecycle("protect", ...ofWebApp, "--apply");
    expect(refused.stdout).toContain(
      `The lifecycle policy of ${repositoryName} in us-east-1 does not protect running-*: add it to protectedTags of ecr.repositories.web-app in environments/dev.ts, and deploy first.`,
    );
    expect(refused.code).toBe(1);
    expect(await tagsOf(digests[0])).toEqual(["v1"]);
  });

  test("protect shows what it would do, tags what runs, and later releases it", async () => {
    await ecr.send(
      new PutLifecyclePolicyCommand({
        repositoryName,
        lifecyclePolicyText: JSON.stringify({
          rules: [
            {
              rulePriority: 1,
              selection: {
                tagStatus: "tagged",
                tagPatternList: ["running-*"],
                countType: "imageCountMoreThan",
                countNumber: 100_000,
              },
              action: { type: "expire" },
            },
          ].concat({
            rulePriority: 2,
            selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 },
            action: { type: "expire" },
          } as never),
        }),
      }),
    );
    const tag = (digest = "") => `running-${digest.slice(7, 19)}`;

    const shown = await lifecycle("protect", ...ofWebApp, ...everywhere);
    expect(shown.stdout).toContain(`${repositoryName} in us-east-1: 4 images run, 4 are not protected.`);
    expect(shown.code).toBe(2);
    expect(await tagsOf(digests[0])).toEqual(["v1"]);

    const applied = await lifecycle("protect", ...ofWebApp, ...everywhere, "--apply");
    expect(applied.stdout).toContain(`${repositoryName} in us-east-1: 4 images run, all are protected.`);
    expect(applied.code).toBe(0);
    for (const digest of digests.slice(0, 4)) expect(await tagsOf(digest)).toContain(tag(digest));

    const released = await lifecycle("protect", ...ofWebApp, "--apply", "--release");
    expect(released.code).toBe(0);
    expect(await tagsOf(digests[0])).toContain(tag(digests[0]));
    expect(await tagsOf(digests[1])).toEqual(["v2"]);
  });
});
