import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { writeEnvironments } from "../support/emulator/environment-files";
import { type RunningProvider, startProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

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
  let emulator: Emulator;
  let provider: RunningProvider;
  let workspace: Workspace;

  beforeAll(async () => {
    emulator = await startEmulator();
    const account = await emulator.asAccount("123456789012");
    provider = await startProvider(account);
    workspace = new Workspace({ ...account, ...provider.variables });
    writeEnvironments(workspace, files);
  });
  afterAll(async () => {
    await provider.stop();
    await emulator.stop();
    workspace.remove();
  });

  test("a plan is one report of every environment of the tier", async () => {
    const { other: _, ...reached } = files;
    writeEnvironments(workspace, reached);
    const { code, stdout, stderr } = await workspace.command(["plan", "--all", "--tier", "development"]);

    expect(code, stderr).not.toBe(1);
    for (const name of ["one", "two", "last"]) expect(stdout).toContain(`security-${name}`);
    expect(stdout).not.toContain("security-live");
    writeEnvironments(workspace, files);
  });

  test("a deploy stops at the first that fails, and says what was done and what was not", async () => {
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
