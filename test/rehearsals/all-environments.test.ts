import { afterAll, beforeAll, expect, test } from "vitest";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import type { Workspace } from "../support/emulator/workspace";

const environment = (change: object) => ({ project: "shop", ecr: { repositories: { app: {} } }, ...change });

const files = {
  one: environment({}),
  two: environment({ region: "eu-west-1" }),
  other: environment({ accountId: "210987654321" }),
  last: environment({ region: "eu-central-1" }),
  live: environment({ tier: "production", region: "us-west-2", ecr: { encryptionType: "KMS" } }),
};

/** All environments of a tier, one of which is in an account that the credentials do not reach. */
describeWithTerraform("all environments", () => {
  let account: EmulatedAccount;
  let workspace: Workspace;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    ({ workspace } = account);
  });
  afterAll(() => account.close());

  test("a plan is one report of every environment of the tier", async () => {
    const { other: _, ...reached } = files;
    writeEnvironments(workspace, reached);
    const { code, stdout, stderr } = await workspace.command(["plan", "--all", "--tier", "development"]);

    expect(code, stderr).not.toBe(1);
    for (const name of ["one", "two", "last"]) expect(stdout).toContain(`security-${name}`);
    expect(stdout).not.toContain("security-live");
  });

  test("a deploy stops at the first that fails, and says what was done and what was not", async () => {
    writeEnvironments(workspace, files);
    const { code, stdout, stderr } = await workspace.command([
      ...["deploy", "--all", "--tier", "development", "--layer", "security", "--auto-approve"],
    ]);

    expect(code).toBe(1);
    expect(stdout).toMatch(
      /one +finished.*\n +two +finished.*\n +other +not finished.*\n +last +not started\n/,
    );
    expect(stderr).toContain("Environments finished: one, two. Not finished: other. Not started: last.");
    expect(stderr).toContain("npm run deploy -- --all --tier development --layer security");
  });

  test.each([
    [["deploy", "dev", "--all"], "--all means every environment; remove dev."],
    [["deploy", "dev", "--tier", "development"], "--tier selects among --all; add --all."],
    [["deploy", "--auto-approve"], "missing required argument 'environment'"],
    [["plan", "--all", "--out", "plans"], "--out keeps the plans of one environment"],
  ])("%j is refused", async (command, message) => {
    const { code, stderr } = await workspace.command(command);

    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});
