import { setTimeout as sleep } from "node:timers/promises";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { ImageRegistry, ociIndex, ociManifest } from "../../emulator/image-registry";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const repositoryName = "myproject-dev-web-app";

/** Previews of images that are really in a registry. */
describeWithTerraform("lifecycle preview of a registry", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  let images: ImageRegistry;

  beforeAll(async () => {
    emulator = await startEmulator();
    const account = await emulator.asAccount("123456789012");
    workspace = new Workspace(account, { code: false });
    images = new ImageRegistry(account);
    await new ECRClient(clientConfig(account)).send(new CreateRepositoryCommand({ repositoryName }));
  });
  afterAll(async () => {
    await emulator.stop();
    workspace.remove();
  });

  test("all pages of images are read, and what lists and signatures say of other images", async () => {
    const arm = await images.push(repositoryName, "arm");
    const list = await images.pushList(repositoryName, "v0", [
      { mediaType: ociManifest, digest: arm, size: 1, platform: { architecture: "arm64" } },
    ]);
    const signature = await images.push(repositoryName, "signature", {
      subject: { mediaType: ociIndex, digest: list, size: 1 },
    });
    // The emulator notes pushes by the second, and these three are to be the oldest.
    await sleep(1_100);
    for (let number = 1; number <= 120; number++) await images.push(repositoryName, `v${number}`);

    const { code, stdout, stderr } = await workspace.loaded([
      ...["ecr", "lifecycle", "preview"],
      ...["--env", "dev", "--repo", "web-app", "--json", "--in-use", list],
    ]);

    const { previewResults, summary } = JSON.parse(stdout || "{}");
    expect(previewResults, stderr).toHaveLength(123);
    expect(summary.expiringImageTotalCount).toBe(123 - 50);
    const outcome = (digest: string) =>
      previewResults.find(({ imageDigest }: { imageDigest: string }) => imageDigest === digest);
    expect(outcome(list)).toMatchObject({ action: { type: "EXPIRE" }, inUse: true });
    expect(outcome(arm)).toMatchObject({ inUse: true });
    expect(outcome(signature)).toMatchObject({ inUse: false });
    expect(code).toBe(2);
  });

  test("fails with one line when the repository is not there", async () => {
    const { code, stderr } = await workspace.loaded([
      ...["ecr", "lifecycle", "preview", "--env", "dev", "--repo", "worker"],
    ]);

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^myproject-dev-worker in account 123456789012, us-east-1 cannot be read: RepositoryNotFoundException: .*\n$/,
    );
  });
});
