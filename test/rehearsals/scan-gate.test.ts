import { CreateRepositoryCommand, ECRClient, StartImageScanCommand } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { ImageRegistry, ociManifest } from "../../emulator/image-registry";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const repositoryName = "myproject-dev-web-app";
const image = (command: string, ...args: string[]) => ["ecr", command, "--env", "dev", ...args];

/** The steps of a pipeline that pushes an image. The emulator finds the same in every image that it scans. */
describeWithTerraform("images in a registry", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  let client: ECRClient;
  let images: ImageRegistry;

  beforeAll(async () => {
    emulator = await startEmulator();
    const account = await emulator.asAccount("123456789012");
    workspace = new Workspace(account);
    images = new ImageRegistry(account);
    client = new ECRClient(clientConfig(account));
    await client.send(new CreateRepositoryCommand({ repositoryName }));
  });
  afterAll(async () => {
    await emulator.stop();
    workspace.remove();
  });

  test("a commit is pushed once: its digest is printed when it exists", async () => {
    const exists = image("image-exists", "--repository", "web-app", "--tag", "v1");
    const before = await workspace.command(exists);
    const digest = await images.push(repositoryName, "v1");
    const after = await workspace.command(exists);

    expect(before).toMatchObject({ code: 3, stdout: "" });
    expect(before.stderr).toContain(`${repositoryName} has no image v1.`);
    expect(after).toMatchObject({ code: 0, stdout: `${digest}\n` });
  });

  test("an image passes when every platform's scan is done and finds nothing of the severity", async () => {
    const arm = await images.push(repositoryName, "arm");
    await images.pushList(repositoryName, "v2", [
      { mediaType: ociManifest, digest: arm, size: 1, platform: { os: "linux", architecture: "arm64" } },
    ]);
    const gate = (severity: string) =>
      workspace.command(
        image("scan-gate", "--image", "web-app:v2", "--severity", severity, "--timeout", "0", "--json"),
      );
    const unscanned = await gate("LOW");
    await client.send(new StartImageScanCommand({ repositoryName, imageId: { imageDigest: arm } }));
    const [mild, severe] = [await gate("LOW"), await gate("CRITICAL")];

    expect(unscanned.code).toBe(1);
    expect(JSON.parse(unscanned.stdout)).toMatchObject({
      passed: false,
      images: [{ digest: arm, scan: "waiting" }],
    });
    expect(mild.code).toBe(2);
    expect(JSON.parse(mild.stdout).images).toMatchObject([
      { digest: arm, platform: "linux/arm64", scan: "done" },
    ]);
    expect(severe.code).toBe(0);
  });

  test("where the file has imageGate, its severity and its exceptions count", async () => {
    const digest = await images.push(repositoryName, "v3");
    const severeFrom = (severity: string) =>
      workspace.command(
        image("scan-gate", "--image", "web-app:v3", "--severity", severity, "--timeout", "0"),
      );
    const withGate = (gate: string) =>
      workspace.edit(
        "environments/dev.ts",
        /( {2}imageGate: .*\n)?( {2}ecr: \{)/,
        `  imageGate: ${gate},\n$2`,
      );
    await client.send(new StartImageScanCommand({ repositoryName, imageId: { imageDigest: digest } }));

    withGate('{ severity: "HIGH", requireSignature: true, maxAgeDays: 1 }');
    const stricter = await severeFrom("CRITICAL");
    withGate(
      `{ exceptions: [{ digest: "${digest}", check: "findings", reason: "The emulator finds this everywhere.", expires: "2999-12-31" }] }`,
    );
    const excepted = await severeFrom("LOW");
    const json = await workspace.command(
      image("scan-gate", "--image", "web-app:v3", "--severity", "LOW", "--timeout", "0", "--json"),
    );
    const absent = await workspace.command(image("scan-gate", "--image", "web-app:v9", "--severity", "LOW"));
    workspace.edit("environments/dev.ts", / {2}imageGate: .*\n/, "");

    expect(stricter.code, stricter.stderr).toBe(2);
    expect(stricter.stdout).toContain(
      "web-app:v3 is refused: it has 1 finding that is HIGH or worse: CVE-9999-9999\n",
    );
    expect(stricter.stdout).not.toContain("signature");
    expect([excepted.code, excepted.stdout], excepted.stderr).toEqual([
      0,
      expect.stringContaining(`web-app:v3 passes (${digest}).\n`),
    ]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ...{ passed: true, severity: "LOW", images: [{ digest, scan: "done" }] },
      imageGate: { images: [{ exceptions: [{ reason: "The emulator finds this everywhere." }] }] },
    });
    expect([absent.code, absent.stderr]).toEqual([
      1,
      expect.stringContaining(`${repositoryName} has no image v9; push it first`),
    ]);
  });

  test("an image that does not exist cannot be judged", async () => {
    const { code, stderr } = await workspace.command(
      image("scan-gate", "--image", "web-app:v9", "--severity", "HIGH"),
    );

    expect(code).toBe(1);
    expect(stderr).toContain(`${repositoryName} has no image v9; push it first`);
  });
});
