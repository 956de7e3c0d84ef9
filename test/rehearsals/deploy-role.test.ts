import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { writeEnvironments } from "../support/emulator/environment-files";
import { type RunningProvider, startProvider } from "../support/emulator/running-provider";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const deployRole = {
  arn: "arn:aws:iam::123456789012:role/platform/deploy",
  externalId: "platform:4711",
  sessionName: "ana",
};

const dev = {
  project: "shop",
  state: { backend: "s3", bucket: "shop-tfstate-123456789012" },
  ecr: { encryptionType: "AES256", repositories: { app: {} } },
};

/** States are in a third account, where another role reaches them. */
const central = {
  ...{ ...dev, deployRole, region: "eu-west-1" },
  state: {
    ...{ backend: "s3", bucket: "shop-central-tfstate", accountId: "555566667777" },
    role: { arn: "arn:aws:iam::555566667777:role/states", externalId: "states:1" },
  },
};

/** The credentials are of an account for people, and the environment is in another. The tests build on each other. */
describeWithTerraform("a role to deploy with", () => {
  let emulator: Emulator;
  let provider: RunningProvider;
  let workspace: Workspace;
  let account: Readonly<Record<string, string>>;

  beforeAll(async () => {
    emulator = await startEmulator();
    account = await emulator.asAccount("123456789012");
    const people = await emulator.asAccount("999988887777");
    provider = await startProvider(people);
    workspace = new Workspace({ ...people, ...provider.variables });
    writeEnvironments(workspace, { dev });
  });
  afterAll(async () => {
    await provider.stop();
    await emulator.stop();
    workspace.remove();
  });

  async function doctor(environment: string) {
    const { stdout } = await workspace.command(["ecr", "doctor", "--env", environment, "--json"]);
    return JSON.parse(stdout).findings as { check: string; state: string; text: string }[];
  }

  test("without it, nothing is deployed to the other account, and the error names the option", async () => {
    const { code, stderr } = await workspace.command([
      "deploy",
      "dev",
      "--layer",
      "bootstrap",
      "--auto-approve",
    ]);

    expect(code).toBe(1);
    expect(stderr).toContain(
      "The AWS credentials belong to account 999988887777, but dev is in 123456789012; use credentials of 123456789012, or set deployRole.",
    );
  });

  test("with it, provider, backend and the states of other layers are in the environment's account", async () => {
    writeEnvironments(workspace, { dev: { ...dev, deployRole } });

    const bootstrap = await workspace.command(["deploy", "dev", "--layer", "bootstrap", "--auto-approve"]);
    const deploy = await workspace.command(["deploy", "dev", "--auto-approve"]);

    expect(bootstrap.code, bootstrap.stderr).toBe(0);
    expect(deploy.code, deploy.stderr).toBe(0);
    const ecr = new ECRClient(clientConfig(account));
    const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand({}));
    expect(repositories.map(({ repositoryArn }) => repositoryArn)).toEqual([
      "arn:aws:ecr:us-east-1:123456789012:repository/shop-dev-app",
    ]);
  });

  test("a second plan is empty, also where the SDK asks AWS beside Terraform", async () => {
    const { code, stdout, stderr } = await workspace.command(["diff", "dev"]);

    expect(code, stdout + stderr).toBe(0);
    expect(stderr).not.toContain("could not be checked");
  });

  test("the commands of every day assume it too", async () => {
    const findings = await doctor("dev");
    const states = (check: string) => findings.filter((one) => one.check === check).map(({ state }) => state);

    for (const check of ["credentials", "state bucket", "stacks", "contracts", "registry"])
      expect(states(check), check).toEqual(expect.not.arrayContaining(["problem", "unknown"]));
    expect((await workspace.command(["ecr", "images", "--env", "dev", "--repo", "app"])).code).toBe(0);
    expect((await workspace.command(["secrets", "list", "--env", "dev"])).code).toBe(0);
    expect((await workspace.command(["upgrade", "check", "dev"])).code).toBe(0);
  });

  test("credentials of the environment's account assume it only in Terraform", async () => {
    const { code, stderr } = await workspace.command(
      ["ecr", "images", "--env", "dev", "--repo", "app"],
      account,
    );

    expect(code, stderr).toBe(0);
  });

  test("destroy asks with it what the repositories hold", async () => {
    const { code, stderr } = await workspace.command(["destroy", "dev", "--auto-approve"]);

    expect(code, stderr).toBe(0);
  });

  test("states are in a central account, whose own credentials create the bucket", async () => {
    writeEnvironments(workspace, { central });
    const bootstrap = ["deploy", "central", "--layer", "bootstrap", "--auto-approve"];

    const refused = await workspace.command(bootstrap);
    // The provider that runs for all commands has the credentials of people.
    const created = await workspace.command(bootstrap, {
      ...(await emulator.asAccount("555566667777")),
      TF_REATTACH_PROVIDERS: undefined,
    });
    const deploy = await workspace.command(["deploy", "central", "--layer", "security", "--auto-approve"]);
    const findings = await doctor("central");

    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(
      "The AWS credentials belong to account 999988887777, but the state bucket of central is in 555566667777; use credentials of 555566667777. To see",
    );
    expect(created.code, created.stderr).toBe(0);
    expect(deploy.code, deploy.stderr).toBe(0);
    expect(findings.filter(({ check }) => check === "state bucket")).toEqual([
      expect.objectContaining({ state: "ok" }),
    ]);
    expect(findings.filter(({ check }) => check === "stacks")).toEqual([
      expect.objectContaining({ text: expect.not.stringContaining("security-central") }),
    ]);
  });
});
