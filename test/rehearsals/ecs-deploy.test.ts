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

/** A service whose images a pipeline deploys. The tests build on each other, in this order. */
describeWithTerraform("images that a pipeline deploys", () => {
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

  const environmentWith = (service: object) =>
    writeEnvironments(account.workspace, {
      trial: {
        project: "acme",
        ecr: { repositories: { app: { forceDelete: true } } },
        network: { kind: "existing", ...vpc },
        ecs: { services: { web: { containers: {}, ...service } } },
      },
    });
  const pushed = async (tag: string) => {
    const digest = await account.images.push(repositoryName, tag);
    await ecr.send(new StartImageScanCommand({ repositoryName, imageId: { imageDigest: digest } }));
    return digest;
  };
  const ecs = (...args: string[]) => account.workspace.command(["ecs", ...args]);
  const deploy = (image: string) =>
    ecs(
      "deploy",
      "--env",
      "trial",
      "--service",
      "web",
      "--image",
      image,
      "--severity",
      "CRITICAL",
      "--timeout",
      "0",
    );
  const managed = (digest: string) => ({ repository: "app", digest, managedBy: "pipeline" });
  const runs = async () => {
    const { "acme-trial-web": web } = await account.services.services("acme-trial");
    const [container] = web?.task?.containerDefinitions ?? [];
    return { image: container?.image?.split("@")[1], environment: container?.environment };
  };
  const apply = async () => {
    const { code, stdout, stderr } = await account.workspace.command([
      "deploy",
      "trial",
      ...layers,
      "--auto-approve",
    ]);
    expect(code, stdout + stderr).toBe(0);
  };

  test("Terraform starts the service with the image in the file", async () => {
    environmentWith({ image: { repository: "app", awaitsFirstPush: true } });
    await apply();
    first = await pushed("v1");
    environmentWith({ image: managed(first) });
    await apply();

    expect(await runs()).toMatchObject({ image: first });
  });

  test("the command deploys another image, and waits until it runs", async () => {
    second = await pushed("v2");
    const { code, stdout, stderr } = await deploy("app:v2");

    expect([code, stdout], stderr).toEqual([
      0,
      expect.stringMatching(
        new RegExp(`^acme-trial-web runs .*${repositoryName}@${second} \\(arn:aws:ecs:.*\\)`),
      ),
    ]);
    expect(await runs()).toMatchObject({ image: second });
  });

  test("Terraform leaves it running, also when the file changes something else", async () => {
    const before = await account.workspace.command(["diff", "trial", ...layers]);
    environmentWith({ image: managed(first), environment: { LOG_LEVEL: "debug" } });
    await apply();

    expect(before.code, before.stdout + before.stderr).toBe(0);
    expect(before.stdout).toMatch(
      new RegExp(
        `Images that pipelines deploy, which Terraform ignores:\\nECS service "web" runs .*@${second} \\(v2\\) since 20.*Z\\n  Terraform would start with .*@${first}\\n`,
      ),
    );
    expect(await runs()).toMatchObject({ image: second, environment: [] });
  });

  test("status says what runs, and how long", async () => {
    const { code, stdout, stderr } = await ecs("status", "--env", "trial", "--json");

    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      images: [{ name: "web", running: { digest: second, tags: ["v2"] } }],
      problems: [],
    });
  });

  test("the next deployment has what the file says by then", async () => {
    const { code, stderr } = await deploy(`app@${second}`);

    expect(code, stderr).toBe(0);
    expect(await runs()).toEqual({ image: second, environment: [{ name: "LOG_LEVEL", value: "debug" }] });
  });

  test("an image that is not there, not scanned or of another repository is not deployed", async () => {
    await account.images.push(repositoryName, "unscanned");
    const results = [await deploy("app:v9"), await deploy("app:unscanned")];

    expect(results.map(({ code }) => code)).toEqual([1, 1]);
    expect(results[0]?.stderr).toContain(`${repositoryName} has no image v9; push it first`);
    expect(results[1]?.stderr).toContain("Nothing was deployed.");
    expect(await runs()).toMatchObject({ image: second });
  });

  test("a task runs once with another command; one that does not end in time continues", async () => {
    const { code, stderr } = await ecs("run", "--env", "trial", "--timeout", "0", "web", "--", "bin/migrate");

    expect(code).toBe(1);
    expect(stderr).toMatch(/^The task arn:aws:ecs:.* is still running after 0 seconds, and continues\.$/m);
  });

  test("a service whose image the file decides is not deployed by the command", async () => {
    environmentWith({ image: { repository: "app", digest: first } });
    const { code, stderr } = await deploy("app:v2");

    expect(code).toBe(1);
    expect(stderr).toContain("ecs.services.web.image in environments/trial.ts says which image runs");
  });
});
