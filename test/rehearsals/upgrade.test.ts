import { DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

/** An environment with these repositories, and a replica of each. */
const dev = (repositories: Readonly<Record<string, object>>) => ({
  project: "myproject",
  ecr: {
    repositories: Object.fromEntries(
      Object.entries(repositories).map(([name, options]) => [
        name,
        {
          ...{ enableLambdaPull: true, enableReplication: true },
          ...{ replicationDestinations: [{ region: "eu-west-1" }], ...options },
        },
      ]),
    ),
  },
});

/** What the project does to what it has deployed. The tests build on each other. */
describeWithTerraform("upgrade", () => {
  let account: EmulatedAccount;
  let created: Record<string, string>;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    writeEnvironments(account.workspace, { dev: dev({ app: {}, api: {} }) });
    await deploy();
    created = await creations();
  });
  afterAll(() => account.close());

  const run = (...command: string[]): Promise<Ran> => account.workspace.command(command);

  async function deploy(): Promise<string> {
    const { code, stdout, stderr } = await run("deploy", "dev", "--auto-approve");
    expect(code, stdout + stderr).toBe(0);
    return stdout;
  }

  /** When each repository was created, by Region and name. One that is replaced has another time. */
  async function creations(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const region of ["us-east-1", "eu-west-1"]) {
      const client = new ECRClient({ ...clientConfig(account.variables), region });
      const { repositories = [] } = await client.send(new DescribeRepositoriesCommand({}));
      for (const { repositoryName, createdAt } of repositories)
        found[`${region} ${repositoryName}`] = createdAt?.toISOString() ?? "";
    }
    return found;
  }

  test("what was just deployed is current", async () => {
    const { code, stdout, stderr } = await run("upgrade", "check", "dev");

    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("Nothing is destroyed.");
  });

  test("a new short name without the full name is refused, with the name to keep", async () => {
    writeEnvironments(account.workspace, { dev: dev({ web: { renamedFrom: "app" }, api: {} }) });

    const { code, stderr } = await run("upgrade", "check", "dev");

    expect([code, stderr]).toEqual([1, expect.stringContaining('keep it: add name: "myproject-dev-app"')]);
  });

  test("a new short name moves everything of the repository and of its replica, says check", async () => {
    writeEnvironments(account.workspace, {
      dev: dev({ web: { renamedFrom: "app", name: "myproject-dev-app" }, api: {} }),
    });

    const { code, stdout, stderr } = await run("upgrade", "check", "dev", "--json");

    expect(code, stderr).toBe(2);
    const { stacks } = JSON.parse(stdout) as {
      stacks: { stack: string; moved: { from: string; to: string }[]; [list: string]: unknown }[];
    };
    const moved = stacks.flatMap(({ stack, moved: some }) =>
      some.map(({ from, to }) => `${stack}: ${from} -> ${to}`),
    );
    expect(moved.toSorted()).toEqual([
      "compute-dev: aws_ecr_lifecycle_policy.app -> aws_ecr_lifecycle_policy.web",
      "compute-dev: aws_ecr_repository.app -> aws_ecr_repository.web",
      "compute-dev: aws_ecr_repository_policy.app -> aws_ecr_repository_policy.web",
      "replicas-dev: aws_ecr_lifecycle_policy.eu-west-1_app -> aws_ecr_lifecycle_policy.eu-west-1_web",
      "replicas-dev: aws_ecr_repository.eu-west-1_app -> aws_ecr_repository.eu-west-1_web",
      "replicas-dev: aws_ecr_repository_policy.eu-west-1_app -> aws_ecr_repository_policy.eu-west-1_web",
    ]);
    for (const { destroyed, replaced, created: more } of stacks)
      expect([destroyed, replaced, more]).toEqual([[], [], []]);
  });

  test("the deploy moves it, destroys nothing, and the next plan is empty", async () => {
    const printed = await deploy();

    expect(printed).toContain("Review of compute-dev: 3 to move to a new address.");
    expect(printed).toContain("Review of replicas-dev: 3 to move to a new address.");
    expect(printed).not.toMatch(/[1-9]\d* to destroy|will be destroyed|must be replaced/);
    expect(await creations()).toEqual(created);
    expect((await run("diff", "dev")).code).toBe(0);
    expect((await run("upgrade", "check", "dev")).code).toBe(0);
  });

  test("the option can then be removed", async () => {
    writeEnvironments(account.workspace, { dev: dev({ web: { name: "myproject-dev-app" }, api: {} }) });

    expect((await run("diff", "dev")).code).toBe(0);
  });

  test("a removed repository and another encryption are listed as what they destroy", async () => {
    const { ecr, ...rest } = dev({ web: { name: "myproject-dev-app" } });
    writeEnvironments(account.workspace, { dev: { ...rest, ecr: { ...ecr, encryptionType: "KMS" } } });

    const { code, stdout } = await run("upgrade", "check", "dev");

    expect(code).toBe(2);
    expect(stdout).toContain("  compute-dev: aws_ecr_repository.api\n");
    expect(stdout).toContain(
      '  compute-dev: aws_ecr_repository.web: encryption_configuration[0].encryption_type: "AES256" -> "KMS"\n',
    );
  });

  test("layers whose contracts are newer now are to be deployed first", async () => {
    writeEnvironments(account.workspace, { dev: dev({ web: { name: "myproject-dev-app" }, api: {} }) });
    account.workspace.edit("layers/contract-version.ts", "security: 1", "security: 2");

    const { code, stdout } = await run("upgrade", "check", "dev", "--layer", "security");

    expect(code).toBe(2);
    expect(stdout).toContain("security-dev was deployed with version 1 of its outputs; ");
  });
});
