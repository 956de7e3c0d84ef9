import { EC2Client } from "@aws-sdk/client-ec2";
import { ECRClient, StartImageScanCommand } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { makeNetwork, type TrialNetwork } from "../support/emulator/trial-network";

const accountId = "123456789012";
const repositoryName = "acme-trial-app";
const layers = ["security", "network", "compute"].flatMap((layer) => ["--layer", layer]);

/** A service that runs only images that are scanned and signed. The tests build on each other, in this order. */
describeWithTerraform("images that have to pass the gate", () => {
  let account: EmulatedAccount;
  let ecr: ECRClient;
  let vpc: TrialNetwork;
  let first = "";
  let second = "";

  beforeAll(async () => {
    account = await EmulatedAccount.open(accountId);
    ecr = new ECRClient(clientConfig(account.variables));
    vpc = await makeNetwork(new EC2Client(clientConfig(account.variables)));
  });
  afterAll(() => account.close());

  const environmentWith = (image: object, gate: object = {}) =>
    writeEnvironments(account.workspace, {
      trial: {
        project: "acme",
        ecr: { repositories: { app: { forceDelete: true } } },
        network: { kind: "existing", ...vpc },
        ecs: { services: { web: { image: { repository: "app", ...image } } } },
        imageGate: { severity: "CRITICAL", maxAgeDays: 30, requireSignature: true, ...gate },
      },
    });
  const scan = (imageDigest: string) =>
    ecr.send(new StartImageScanCommand({ repositoryName, imageId: { imageDigest } }));
  const sign = (digest: string, tag: string) =>
    account.images.push(repositoryName, tag, {
      subject: { mediaType: "application/vnd.oci.image.manifest.v1+json", digest, size: 1 },
      artifactType: "application/vnd.cncf.notary.signature",
    });
  const deployEnvironment = () => account.workspace.command(["deploy", "trial", ...layers, "--auto-approve"]);
  const gate = (...args: string[]) =>
    account.workspace.command(["ecr", "gate", "--env", "trial", "--timeout", "0", ...args]);
  const deployImage = (image: string) =>
    account.workspace.command([
      ...["ecs", "deploy", "--env", "trial", "--service", "web", "--image", image],
      ...["--severity", "CRITICAL", "--timeout", "0"],
    ]);
  const runs = async () => {
    const { "acme-trial-web": web } = await account.services.services("acme-trial");
    return web?.task?.containerDefinitions?.[0]?.image?.split("@")[1];
  };
  const apply = async () => {
    const { code, stdout, stderr } = await deployEnvironment();
    expect(code, stdout + stderr).toBe(0);
    return stdout;
  };

  test("a deploy stops before it runs an image that is not scanned and not signed, with all problems", async () => {
    environmentWith({ awaitsFirstPush: true });
    await apply();
    first = await account.images.pushWhole(repositoryName, "v1");
    environmentWith({ digest: first, managedBy: "pipeline" });
    const { code, stderr } = await deployEnvironment();

    expect(code, stderr).toBe(1);
    expect(stderr).toContain(
      `app@${first} cannot be judged: it has no finished scan: ECR has not scanned it\napp@${first} is refused: it has no signature in its repository\n`,
    );
    expect(stderr).toContain("Nothing in compute-trial was applied.");
    expect(await runs()).toBeUndefined();
  });

  test("the command of pipelines says the same, and passes once the image is scanned and signed", async () => {
    const before = await gate("--image", "app:v1");
    await scan(first);
    const unsigned = await gate("--image", "app:v1", "--json");
    await sign(first, "signature-1");
    const after = await gate("--image", "app:v1");

    expect(before.code, before.stderr).toBe(2);
    expect(unsigned.code, unsigned.stderr).toBe(2);
    expect(JSON.parse(unsigned.stdout)).toMatchObject({
      passed: false,
      images: [{ digest: first, problems: [{ check: "signature", kind: "refused" }] }],
    });
    expect([after.code, after.stdout], after.stderr).toEqual([0, `app:v1 passes (${first}).\n`]);
  });

  test("then it is deployed, and the next plan is empty", async () => {
    const stdout = await apply();
    const { code } = await account.workspace.command(["diff", "trial", ...layers]);

    expect(stdout).toContain(`Image gate:\napp@${first} passes (${first}).\n`);
    expect(await runs()).toBe(first);
    expect(code).toBe(0);
  });

  test("a pipeline deploys no other image before it passes", async () => {
    second = await account.images.pushWhole(repositoryName, "v2");
    await scan(second);
    const refused = await deployImage("app:v2");
    await sign(second, "signature-2");
    const accepted = await deployImage("app:v2");

    expect(refused.code, refused.stderr).toBe(2);
    expect(refused.stderr).toContain("app:v2 is refused: it has no signature in its repository\n");
    expect(refused.stderr).toContain("Nothing was deployed.");
    expect(accepted.code, accepted.stderr).toBe(0);
    expect(await runs()).toBe(second);
  });

  test("an image for another architecture is refused, and an exception sets one check aside until its day", async () => {
    const exceptions = (expires: string) => [
      { digest: second, check: "architecture", reason: "Runs under emulation.", expires },
    ];
    const service = { digest: second };
    const write = (gateOptions: object) =>
      writeEnvironments(account.workspace, {
        trial: {
          project: "acme",
          ecr: { repositories: { app: {} } },
          network: { kind: "existing", ...vpc },
          ecs: { services: { web: { image: { repository: "app", ...service }, cpuArchitecture: "ARM64" } } },
          imageGate: gateOptions,
        },
      });
    write({});
    const refused = await gate();
    write({ exceptions: exceptions("2999-12-31") });
    const excepted = await gate();
    write({ exceptions: exceptions("2020-12-31") });
    const expired = await gate();

    expect([refused.code, refused.stdout], refused.stderr).toEqual([
      2,
      expect.stringContaining('it is for linux/amd64, and ECS service "web" runs on linux/arm64\n'),
    ]);
    expect([excepted.code, excepted.stdout]).toEqual([0, `app@${second} passes (${second}).\n`]);
    expect(expired.code).toBe(2);
    expect(expired.stdout).toContain("expired on 2020-12-31; remove it, or give it a new date.");
  });

  test("manifests with an image that does not pass are not printed", async () => {
    writeEnvironments(account.workspace, {
      trial: {
        project: "acme",
        ecr: { repositories: { app: {} } },
        network: { kind: "existing", ...vpc },
        eks: {
          kubernetesVersion: "1.33",
          autoMode: {},
          deployments: {
            good: { image: { repository: "app", digest: second } },
            bad: {
              image: { repository: "app", digest: await account.images.pushWhole(repositoryName, "v3") },
            },
          },
        },
        imageGate: { requireSignature: true, requireArchitecture: false },
      },
    });
    const manifests = (...args: string[]) =>
      account.workspace.command(["ecr", "manifests", "--env", "trial", ...args]);
    const all = await manifests();
    const good = await manifests("--deployment", "good");
    const unasked = await account.workspace.command(["ecr", "manifests", "--env", "trial", "--no-gate"], {
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    });

    expect([all.code, all.stdout], all.stderr).toEqual([2, ""]);
    expect(all.stderr).toContain("is refused: it has no signature in its repository\n");
    expect([good.code, good.stderr]).toEqual([0, `Image gate:\napp@${second} passes (${second}).\n`]);
    expect(JSON.parse(good.stdout).kind).toBe("Deployment");
    expect([unasked.code, JSON.parse(unasked.stdout).items.length, unasked.stderr]).toEqual([
      ...[0, 2],
      "imageGate of trial was not asked. Before you apply the manifests: npm run ecr -- gate --env trial\n",
    ]);
  });

  test("an image that is not there passes no gate", async () => {
    const { code, stdout } = await gate("--image", "app:v9");

    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining(
        `app:v9 cannot be judged: it cannot be read: ${repositoryName} has no image v9`,
      ),
    ]);
  });
});
