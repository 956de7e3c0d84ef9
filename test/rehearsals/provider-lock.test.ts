import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findProvider } from "../../emulator/installation";
import { recordTerraform } from "../support/commands/recorder";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** The real Terraform initializes a stack; nothing is planned. */
describeWithTerraform("provider lock", () => {
  let workspace: Workspace;
  let lock: string;

  beforeAll(() => {
    workspace = new Workspace();
    writeEnvironments(workspace, { dev: { project: "myproject" } });
  });
  afterAll(() => workspace.remove());

  const lockFile = () => join(workspace.folder, ".terraform.lock.hcl");
  const recorder = () => recordTerraform(workspace, 'test "$2" = plan && exit 9');
  const plan = (variables = recorder().variables): Promise<Ran> =>
    workspace.command(["plan", "security-dev"], variables);

  test("npm run lock writes it with the provider of a mirror", async () => {
    const mirror = `-fs-mirror=${findProvider()?.mirror}`;
    const { code, stdout, stderr } = await workspace.command(["lock", "--platform", "linux_amd64", mirror]);

    expect([code, stderr], stdout).toEqual([0, ""]);
    expect(stdout).toContain("\n.terraform.lock.hcl is written for linux_amd64; commit it.\n");
    lock = readFileSync(lockFile(), "utf8");
    expect(lock).toContain('provider "registry.terraform.io/hashicorp/aws"');
    expect(lock).toContain(`version     = "${findProvider()?.providerVersion}"`);
  });

  test("init takes it read-only, and changes nothing in it", async () => {
    const { starts, variables } = recorder();
    const { code } = await plan(variables);

    expect(code).toBe(9);
    const [init] = starts().filter(({ args }) => args.includes(" init "));
    expect(init?.args).toContain(" -lockfile=readonly ");
    expect(
      readFileSync(join(workspace.folder, "cdktf.out/stacks/security-dev/.terraform.lock.hcl"), "utf8"),
    ).toBe(lock);
  });

  test("a provider with other checksums is refused in one sentence", async () => {
    writeFileSync(lockFile(), lock.replace(/(h1|zh):[^"]+/g, `h1:${"A".repeat(43)}=`));

    const { code, stderr } = await plan();

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\nThe AWS provider that Terraform found has none of the checksums in \.terraform\.lock\.hcl\. .*\n$/,
    );
  });

  test("a lock of another version is refused in one sentence", async () => {
    writeFileSync(lockFile(), lock.replaceAll(/"\d+\.\d+\.\d+"/g, '"5.99.0"'));

    const { code, stderr } = await plan();

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\n\.terraform\.lock\.hcl has another version of the AWS provider than the stack; run npm run lock, review the change and commit it\.\n$/,
    );
  });

  test("a lock that cannot be written leaves the old one", async () => {
    writeFileSync(lockFile(), lock);

    const { code, stderr } = await workspace.command([
      "lock",
      "--platform",
      "linux_amd64",
      "-fs-mirror=/nowhere",
    ]);

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /terraform providers lock failed with exit code 1; \.terraform\.lock\.hcl is as it was\.\n$/,
    );
    expect(readFileSync(lockFile(), "utf8")).toBe(lock);
  });
});
