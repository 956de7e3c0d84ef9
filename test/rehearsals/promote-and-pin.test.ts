import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  StartImageScanCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { PushedImages } from "../support/emulator/pushed-images";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** An image goes from one environment to the next, and into its file. */
describeWithTerraform("promote and pin", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  let ecr: ECRClient;
  let image = "";
  let platform = "";
  let signature = "";

  const command = (...args: string[]) => workspace.command(["ecr", ...args]);
  const inProd = async () => {
    const { imageDetails = [] } = await ecr.send(
      new DescribeImagesCommand({ repositoryName: "myproject-prod-web-app" }),
    );
    return imageDetails.map(({ imageDigest = "", imageTags = [] }) => [imageDigest, imageTags]).toSorted();
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    const account = await emulator.asAccount("123456789012");
    workspace = new Workspace(account);
    // Both environments in one account, so that one set of credentials reaches both registries.
    workspace.edit("environments/prod.ts", /"123456789012"/g, '"333333333333"');
    workspace.edit("environments/prod.ts", /accountId: "\d{12}"/, 'accountId: "123456789012"');
    // They share the registry then, and so its state and its type of scanning.
    workspace.edit(
      "environments/prod.ts",
      /bucket: "[^"]+"/,
      'bucket: "myproject-dev-tfstate-123456789012", createBucket: false',
    );
    workspace.edit("environments/prod.ts", / +(?:enableEnhancedScanning|scanFrequency): .*\n/g, "");
    ecr = new ECRClient(clientConfig(account));
    for (const environment of ["dev", "prod"])
      for (const name of ["web-app", "api-service", "lambda-processor"])
        await ecr.send(new CreateRepositoryCommand({ repositoryName: `myproject-${environment}-${name}` }));
    const images = new PushedImages(account, "us-east-1");
    const repositoryName = "myproject-dev-web-app";
    platform = await images.push(repositoryName, ["arm"], [Buffer.from("arm")]);
    image = await images.pushList(repositoryName, ["v1"], [platform]);
    signature = await images.push(
      repositoryName,
      [`sha256-${image.slice(7)}.sig`],
      [Buffer.from("a signature")],
    );
    await images.push(repositoryName, ["other"], [Buffer.from("other")]);
  }, 300_000);
  afterAll(async () => {
    await emulator.stop();
    workspace.remove();
  });

  const promote = (...args: string[]) =>
    command("promote", "--from", "dev", "--to", "prod", "web-app:v1", ...args);

  test("an image that was not scanned is refused", async () => {
    const { code, stdout } = await promote("--apply");

    expect(code).toBe(3);
    expect(stdout).toContain("The gate refuses web-app:v1; nothing was copied.");
    expect(await inProd()).toEqual([]);
  });

  test("what would be copied is shown, and then copied with its platforms and its signature", async () => {
    await ecr.send(
      new StartImageScanCommand({
        repositoryName: "myproject-dev-web-app",
        imageId: { imageDigest: platform },
      }),
    );
    // The emulator finds the same in every image.
    const accepted = ["--severity", "CRITICAL", "--accept-findings", "findings of the emulator"];

    const shown = await promote(...accepted);
    expect(shown.code, shown.stderr).toBe(2);
    expect(shown.stdout).toContain(
      "3 images or tags are missing in myproject-prod-web-app. To copy: --apply",
    );
    expect(await inProd()).toEqual([]);

    const applied = await promote(...accepted, "--apply");
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    expect(applied.stdout).toContain(`image: { repository: "web-app", digest: "${image}" }`);
    expect(await inProd()).toEqual(
      [
        [image, ["v1"]],
        [platform, []],
        [signature, [`sha256-${image.slice(7)}.sig`]],
      ].toSorted(),
    );

    const again = await promote(...accepted, "--json");
    expect(again.code).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({
      digest: image,
      lacking: [],
      applied: false,
      refused: false,
    });
  });

  test("a tag that the target has on another image moves only with --move-tags, and is told", async () => {
    const images = new PushedImages(await emulator.asAccount("123456789012"), "us-east-1");
    const next = await images.push("myproject-dev-web-app", ["moving"], [Buffer.from("next")]);
    const old = await images.push("myproject-dev-api-service", ["moving"], [Buffer.from("old")]);
    const move = (...args: string[]) =>
      command(
        ...["promote", "--from", "dev", "--to", "dev", "--repository", "api-service", "web-app:moving"],
        ...["--accept-findings", "findings of the emulator", ...args],
      );
    const holder = async () => {
      const request = { repositoryName: "myproject-dev-api-service", imageIds: [{ imageTag: "moving" }] };
      return (await ecr.send(new DescribeImagesCommand(request))).imageDetails?.[0]?.imageDigest;
    };

    const shown = await move();
    expect(shown.code, shown.stderr).toBe(2);
    expect(shown.stdout).toContain(
      `The tag moving of myproject-dev-api-service moves from ${old} to ${next}.`,
    );
    expect(shown.stdout).toContain("To copy: --move-tags --apply");
    expect((await move("--apply")).code).toBe(3);
    expect(await holder()).toBe(old);

    const moved = await move("--move-tags", "--apply");
    expect(moved.code, moved.stdout + moved.stderr).toBe(0);
    expect(moved.stdout).toContain(`The tag moving was on ${old}, and is to be on ${next}.`);
    expect(await holder()).toBe(next);
  });

  test("its digest goes into the environment file, and nothing else changes there", async () => {
    const file = join(workspace.folder, "environments/prod.ts");
    const before = readFileSync(file, "utf8");

    const shown = await command("pin", "--env", "prod", "--image", "web-app:v1");
    expect(shown.code, shown.stderr).toBe(2);
    expect(shown.stdout).toContain(`+        image: { repository: "web-app", digest: "${image}" },`);
    expect(readFileSync(file, "utf8")).toBe(before);

    const applied = await command("pin", "--env", "prod", "--image", "web-app:v1", "--apply");
    expect(applied.code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(
      before.replace('"web-app", awaitsFirstPush: true', `"web-app", digest: "${image}"`),
    );
    expect((await command("pin", "--env", "prod", "--image", `web-app@${image}`)).code).toBe(0);
  });

  test("the gate of the target refuses an image before it is copied", async () => {
    const images = new PushedImages(await emulator.asAccount("123456789012"), "us-east-1");
    const digest = await images.push("myproject-dev-api-service", ["v2"], [Buffer.from("v2")]);
    await ecr.send(
      new StartImageScanCommand({
        repositoryName: "myproject-dev-api-service",
        imageId: { imageDigest: digest },
      }),
    );
    const copy = (...args: string[]) =>
      command("promote", "--from", "dev", "--to", "prod", "api-service:v2", ...args);
    const withGate = (gate: string) =>
      workspace.edit(
        "environments/prod.ts",
        /( {2}imageGate: .*\n)?( {2}ecr: \{)/,
        `  imageGate: ${gate},\n$2`,
      );
    const expires = "2999-12-31";
    const exception = (check: string) =>
      `{ digest: "${digest}", check: "${check}", reason: "The emulator finds this everywhere.", expires: "${expires}" }`;

    withGate('{ severity: "HIGH", requireSignature: true }');
    const refused = await copy("--apply");
    const accepted = await copy("--accept-findings", "findings of the emulator", "--apply");
    withGate(
      `{ severity: "HIGH", requireSignature: true, exceptions: [${exception("findings")}, ${exception("signature")}] }`,
    );
    const excepted = await copy("--apply", "--json");
    withGate("{ requireSignature: true }");
    const unsigned = await copy("--severity", "CRITICAL", "--accept-findings", "findings of the emulator");

    expect(refused.code, refused.stderr).toBe(3);
    expect(refused.stdout).toBe(`imageGate of prod:
api-service:v2 is refused: it has 1 finding that is HIGH or worse: CVE-9999-9999
api-service:v2 is refused: it has no signature in its repository
Deploy another image, or add the digest with a reason and a day to imageGate.exceptions in environments/prod.ts.
The gate refuses api-service:v2; nothing was copied.
`);
    expect([accepted.code, accepted.stderr]).toEqual([
      1,
      "--accept-findings: imageGate of prod refuses images with findings that are HIGH or worse; add the digest with a reason and a day to imageGate.exceptions in environments/prod.ts\n",
    ]);
    expect(excepted.code, excepted.stderr).toBe(0);
    expect(JSON.parse(excepted.stdout)).toMatchObject({
      refused: false,
      applied: true,
      imageGate: { passed: true, images: [{ exceptions: [{ check: "findings" }, { check: "signature" }] }] },
    });
    expect([unsigned.code, unsigned.stdout], unsigned.stderr).toEqual([
      3,
      expect.stringContaining("it has no signature in its repository"),
    ]);
  });

  test("an image that does not exist is told with its consumer", async () => {
    const { code, stderr } = await command("pin", "--env", "prod", "--image", "api-service:v9");

    expect(code).toBe(1);
    expect(stderr).toBe(
      'ECS service "api-service": myproject-prod-api-service has no image v9; push it first\n',
    );
  });
});
