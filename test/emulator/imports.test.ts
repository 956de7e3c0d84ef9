import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../support/emulator/client-config";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** Import blocks that real Terraform accepts or refuses. */
describeWithTerraform("imports", () => {
  let emulator: Emulator;
  let workspace: Workspace;

  beforeAll(async () => {
    emulator = await startEmulator();
    const account = await emulator.asAccount("123456789012");
    workspace = new Workspace(account);
    const s3 = new S3Client({ ...clientConfig(account), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: "myproject-dev-tfstate-123456789012" }));
  });
  afterAll(async () => {
    await emulator.stop();
    workspace.remove();
  });

  test("a bucket that a killed run has made is found and imported, and what does not exist is created", async () => {
    const found = await workspace.command(["imports", "dev", "--layer", "bootstrap"]);
    const deployed = await workspace.command(["deploy", "dev", "--layer", "bootstrap", "--auto-approve"]);
    const again = await workspace.command(["imports", "dev", "--layer", "bootstrap"]);

    expect(found.code, found.stderr).toBe(0);
    expect(found.stdout).toContain("  aws_s3_bucket.state\n");
    expect(found.stdout).not.toContain("aws_s3_bucket_policy.state");
    expect(deployed.code, deployed.stderr).toBe(0);
    expect(deployed.stdout).toMatch(/[1-9]\d* to import/);
    expect([again.code, again.stdout]).toEqual([0, "bootstrap-dev: 0 to import\n"]);
  });
});
