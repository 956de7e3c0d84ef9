import {
  CreateRepositoryCommand,
  ECRClient,
  PutRegistryScanningConfigurationCommand,
  PutReplicationConfigurationCommand,
  SetRepositoryPolicyCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

const replicated = { enableReplication: true, replicationDestinations: [{ region: "eu-west-1" }] };
const dev = { project: "myproject", ecr: { repositories: { web: replicated } } };
const qa = { project: "myproject", ecr: { repositories: { api: replicated, worker: {} } } };

/** Two environments share a registry, and the file of one disappears. The tests build on each other, in this order. */
describeWithTerraform("what a registry takes away", () => {
  let account: EmulatedAccount;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    writeEnvironments(account.workspace, { dev, qa });
    // Their registry replicates to the replicas of both.
    for (const layers of [["--layer", "security", "--layer", "replicas"], []])
      for (const name of ["dev", "qa"]) {
        const { code, stdout, stderr } = await run("deploy", name, ...layers, "--auto-approve");
        expect(code, stdout + stderr).toBe(0);
      }
    writeEnvironments(account.workspace, { dev });
  });
  afterAll(() => account.close());

  const run = (...command: string[]): Promise<Ran> => account.workspace.command(command);

  /** In the Region of the replicas, whose registry is deployed first. */
  const lostThere = "myproject-qa-api: loses scanning: BASIC SCAN_ON_PUSH -> BASIC MANUAL";
  const lost = [
    "myproject-qa-api: loses scanning: BASIC SCAN_ON_PUSH -> BASIC MANUAL",
    "myproject-qa-worker: loses scanning: BASIC SCAN_ON_PUSH -> BASIC MANUAL",
    "myproject-qa-api: loses replication to 123456789012 in eu-west-1",
  ];

  test("a deploy names the replicas of the other environment and stops", async () => {
    const { code, stdout, stderr } = await run("deploy", "dev", "--layer", "registry", "--auto-approve");

    expect([code, stderr]).toEqual([
      1,
      `The plan for registry-123456789012-eu-west-1 removes registry settings that do not belong to dev:
  ${lostThere}
If an environment is missing, restore its line in environments/all.ts. Declare repositories of other teams in ecr.unmanagedRepositories, or include what their projects export in ecr.registryRequests.
To deploy anyway, add --accept-registry-losses.
Nothing in registry-123456789012-eu-west-1 was applied.
`,
    ]);
    expect(stdout).toContain(`WARNING: ${lostThere}.\n`);
  });

  test("diff says where a deploy would stop, and names every repository of the other environment", async () => {
    const { code, stdout } = await run("diff", "dev", "--layer", "registry");

    expect(code).toBe(2);
    expect(stdout).toContain(
      `A deploy would stop here: The plan for registry-123456789012-us-east-1 removes registry settings that do not belong to dev:
${lost.map((line) => `  ${line}\n`).join("")}`,
    );
    for (const line of lost) expect(stdout).toContain(`WARNING: ${line}.\n`);
  });

  test("with the flag the plan is applied", async () => {
    const flags = ["--layer", "registry", "--auto-approve", "--accept-registry-losses"];
    const { code, stdout, stderr } = await run("deploy", "dev", ...flags);

    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain("registry-123456789012-us-east-1: applied");
  });

  test("what the deployed environment's own file takes away is a warning", async () => {
    writeEnvironments(account.workspace, {
      dev: {
        project: "myproject",
        ecr: { repositories: { web: { scanOnPush: false } }, formerReplicaRegions: ["eu-west-1"] },
      },
    });

    const { code, stdout, stderr } = await run("deploy", "dev", "--layer", "registry", "--auto-approve");

    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain(
      "WARNING: myproject-dev-web: loses scanning: BASIC SCAN_ON_PUSH -> BASIC MANUAL.\n",
    );
    expect(stdout).toContain("WARNING: myproject-dev-web: loses replication to 123456789012 in eu-west-1.\n");
  });

  test("settings made by hand, which Terraform does not see, are differences with who gets what", async () => {
    const ecr = new ECRClient(clientConfig(account.variables));
    const everyone = { Effect: "Allow", Principal: "*", Action: "ecr:*" };
    await ecr.send(
      new SetRepositoryPolicyCommand({
        repositoryName: "myproject-dev-web",
        policyText: JSON.stringify({ Version: "2012-10-17", Statement: [everyone] }),
      }),
    );
    await ecr.send(
      new PutReplicationConfigurationCommand({
        replicationConfiguration: {
          rules: [{ destinations: [{ region: "eu-west-1", registryId: "999999999999" }] }],
        },
      }),
    );

    const { code, stdout } = await run("diff", "dev", "--layer", "registry", "--layer", "compute");

    expect(code).toBe(2);
    expect(stdout).toMatch(
      /No changes\. .*\n(?:.*\n)*WARNING: the registry replicates to 999999999999 in eu-west-1, and no file declares it; /,
    );
    expect(stdout).toContain(
      "WARNING: myproject-dev-web has a repository policy that environments/dev.ts does not declare (everyone gains ecr:*); ",
    );
    expect(stdout).toContain("\nStacks with changes: registry-123456789012-us-east-1, compute-dev (");
  });

  test("a first deploy does not overwrite the scanning of other teams in the Region of new replicas", async () => {
    const there = new ECRClient(clientConfig(account.variables, "us-west-2"));
    await there.send(new CreateRepositoryCommand({ repositoryName: "team/tool" }));
    const repositoryFilters = [{ filter: "team/*", filterType: "WILDCARD" as const }];
    await there.send(
      new PutRegistryScanningConfigurationCommand({
        scanType: "BASIC",
        rules: [{ scanFrequency: "SCAN_ON_PUSH", repositoryFilters }],
      }),
    );
    const to = { enableReplication: true, replicationDestinations: [{ region: "us-west-2" }] };
    writeEnvironments(account.workspace, {
      dev: { project: "myproject", ecr: { repositories: { web: to } } },
    });

    const { code, stderr } = await run("deploy", "dev", "--layer", "registry", "--auto-approve");

    expect(code).toBe(1);
    expect(
      stderr,
    ).toContain(`The plan for registry-123456789012-us-west-2 removes registry settings that do not belong to dev:
  team/tool: loses scanning: BASIC SCAN_ON_PUSH -> BASIC MANUAL
`);
  });
});
