import { setTimeout as sleep } from "node:timers/promises";
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulator, startEmulator } from "./emulator";
import { describeWithTerraform } from "./skip-without-parts";
import { Workspace } from "./workspace";

const repositoryName = "myproject-dev-web-app";
const ociManifest = "application/vnd.oci.image.manifest.v1+json";
const ociIndex = "application/vnd.oci.image.index.v1+json";

/** Previews of images that are really in a registry. */
describeWithTerraform("lifecycle preview of a registry", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  let ecr: ECRClient;

  beforeAll(async () => {
    emulator = await startEmulator();
    const account = await emulator.asAccount("123456789012");
    workspace = new Workspace(account);
    ecr = new ECRClient({
      endpoint: account["AWS_ENDPOINT_URL"] ?? "",
      region: "us-east-1",
      credentials: {
        accessKeyId: account["AWS_ACCESS_KEY_ID"] ?? "",
        secretAccessKey: account["AWS_SECRET_ACCESS_KEY"] ?? "",
        sessionToken: account["AWS_SESSION_TOKEN"] ?? "",
      },
    });
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  });
  afterAll(async () => {
    await emulator.stop();
    workspace.remove();
  });

  /** Push a manifest and return its digest. */
  async function push(manifest: object, mediaType: string, imageTag?: string): Promise<string> {
    const { image } = await ecr.send(
      new PutImageCommand({
        repositoryName,
        imageManifest: JSON.stringify({ schemaVersion: 2, mediaType, ...manifest }),
        imageManifestMediaType: mediaType,
        ...(imageTag !== undefined && { imageTag }),
      }),
    );
    return image?.imageId?.imageDigest ?? "";
  }

  const plain = (name: string) => ({
    config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: name, size: 1 },
    // The emulator makes an image's digest of those of its layers.
    layers: [{ mediaType: "application/vnd.oci.image.layer.v1.tar", digest: name, size: 1 }],
  });

  test("all pages of images are read, and what lists and signatures say of other images", async () => {
    const arm = await push(plain("arm"), ociManifest, "arm");
    const list = await push(
      { manifests: [{ mediaType: ociManifest, digest: arm, size: 1, platform: { architecture: "arm64" } }] },
      ociIndex,
      "v0",
    );
    const signature = await push(
      { ...plain("signature"), subject: { mediaType: ociIndex, digest: list, size: 1 } },
      ociManifest,
      "signature",
    );
    // The emulator notes pushes by the second, and these three are to be the oldest.
    await sleep(1_100);
    for (let number = 1; number <= 120; number++)
      await push(plain(`image ${number}`), ociManifest, `v${number}`);

    const { code, stdout, stderr } = await workspace.run([
      ...["npm", "run", "--silent", "ecr", "--", "lifecycle", "preview"],
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
    const { code, stderr } = await workspace.run([
      ...["npm", "run", "--silent", "ecr", "--", "lifecycle", "preview", "--env", "dev", "--repo", "worker"],
    ]);

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^myproject-dev-worker in account 123456789012, us-east-1 cannot be read: RepositoryNotFoundException: .*\n$/,
    );
  });
});
