import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeEnvironments } from "../support/emulator/environment-files";
import { Workspace } from "../support/emulator/workspace";

const shop = {
  project: "shop",
  ecr: { registryOwner: "other-project", repositories: { app: {}, quiet: { scanOnPush: false } } },
};

/** A project hands its requests to the one that owns the registry, in two copies of this project. */
describe("registry export", () => {
  let guest: Workspace;
  let owner: Workspace;

  beforeAll(() => {
    guest = new Workspace();
    owner = new Workspace();
    writeEnvironments(guest, { live: shop });
  });
  afterAll(() => {
    guest.remove();
    owner.remove();
  });

  test("the file that it prints can be imported as it is, and the owner scans its repositories", async () => {
    const { code, stdout, stderr } = await guest.command(["registry", "export", "--env", "live"]);
    expect([code, stderr]).toEqual([0, ""]);
    owner.write("environments/shop-live.json", stdout);
    owner.edit("environments/dev.ts", "\n\nexport", 'import shopLive from "./shop-live.json";\n\nexport');
    owner.edit("environments/dev.ts", "ecr: {", "ecr: {\n    registryRequests: [shopLive],");

    const synthesized = await owner.run(["node", "run.cjs", "scripts/synth"]);
    const explained = await owner.run([
      "node",
      "run.cjs",
      "scripts/ecr",
      "registry",
      "explain",
      "--env",
      "dev",
    ]);

    expect([synthesized.code, explained.code], synthesized.stderr + explained.stderr).toEqual([0, 0]);
    const path = "cdktf.out/stacks/registry-123456789012-us-east-1/cdk.tf.json";
    const json = readFileSync(join(owner.folder, path), "utf8");
    expect(json).toContain('"filter": "*shop-live-app"');
    expect(json).not.toContain("shop-live-quiet");
    expect(explained.stdout).toMatch(/shop-live-quiet .* manual/);
  });

  test("the owner cannot destroy a registry that another project needs", async () => {
    const { code, stderr } = await owner.run(
      "node run.cjs scripts/destroy dev --layer registry --auto-approve".split(" "),
    );

    expect([code, stderr]).toEqual([
      1,
      "registry-123456789012-us-east-1 also serves shop live; this command does not destroy a shared registry.\n",
    ]);
  });

  test("a wrong value in the file is a problem with the line that includes it", async () => {
    owner.edit("environments/shop-live.json", '"SCAN_ON_PUSH"', '"ON_PUSH"');

    const { code, stderr } = await owner.run(["node", "run.cjs", "scripts/synth"]);

    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^environments\/dev\.ts:\d+: ecr\.registryRequests\[0\]\.repositories\["shop-live-app"\]\.scanFrequency: found "ON_PUSH"; /,
      ),
    ]);
  });

  test("registry explain of a project that does not own the registry says so", async () => {
    const { code, stderr } = await guest.command(["ecr", "registry", "explain", "--env", "live"]);

    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^Another project owns the settings of registry-123456789012-us-east-1: /),
    ]);
  });
});
