import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

/**
 * Commands of the cdktf CLI for one stack, over layers that the runner deployed. `dev.test.ts` has its first deployment. The
 * tests build on each other, in this order.
 */
describeWithTerraform("the cdktf CLI", () => {
  let account: EmulatedAccount;

  const cdktf = async (...args: readonly string[]): Promise<Ran> => {
    const ran = await account.workspace.run(["node_modules/.bin/cdktf", ...args]);
    if (ran.code !== 0) throw new Error(`cdktf ${args.join(" ")}: ${ran.code}\n${ran.stdout}${ran.stderr}`);
    return ran;
  };
  const runner = async (...args: readonly string[]): Promise<void> => {
    const { code, stdout, stderr } = await account.workspace.command([...args, "--auto-approve"]);
    expect(code, stdout + stderr).toBe(0);
  };

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    writeEnvironments(account.workspace, {
      trial: { project: "acme", ecr: { repositories: { app: { forceDelete: true }, worker: {} } } },
    });
    await account.workspace.compile();
    await runner("deploy", "trial");
  });
  afterAll(() => account?.close());

  test("output writes every output of the stack", async () => {
    await cdktf("output", "compute-trial", "--skip-synth", "--outputs-file", "outputs.json");

    const file = readFileSync(join(account.workspace.folder, "outputs.json"), "utf8");
    const { "compute-trial": outputs } = JSON.parse(file);
    expect(outputs.ecr_repository_names).toEqual({ app: "acme-trial-app", worker: "acme-trial-worker" });
  });

  test("diff finds nothing to change", async () => {
    const { stdout } = await cdktf("diff", "compute-trial", "--skip-synth", "--no-color");

    expect(stdout).toContain("No changes. Your infrastructure matches the configuration.");
  });

  test("destroy deletes the stack's resources, also a repository with images", async () => {
    await account.images.push("acme-trial-app", "v1");
    await cdktf("destroy", "compute-trial", "--skip-synth", "--auto-approve");

    expect(await account.aws.repositories()).toEqual({});
    await runner("destroy", "trial");
  });
});
