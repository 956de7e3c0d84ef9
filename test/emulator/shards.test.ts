import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../support/emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

const names = ["web", "api", "worker", "jobs", "mail", "team/tool"];

/** An environment with a role that may pull from all repositories, and the given number of shards. */
const dev = (stateShards?: number) => ({
  project: "myproject",
  state: { backend: "s3", bucket: "myproject-dev-tfstate", createBucket: false },
  ecr: {
    ...(stateShards !== undefined && { stateShards }),
    repositories: Object.fromEntries(
      names.map((name) => [name, { forceDelete: true, enableLambdaPull: name === "web" }]),
    ),
  },
});

/** The repositories of one environment go from one state to several and back. The tests build on each other. */
describeWithTerraform("shards", () => {
  let account: EmulatedAccount;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    const s3 = new S3Client({ ...clientConfig(account.variables), forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: "myproject-dev-tfstate" }));
    writeEnvironments(account.workspace, { dev: dev() });
    const { code, stdout, stderr } = await run("deploy", "dev", "--auto-approve");
    expect(code, stdout + stderr).toBe(0);
  });
  afterAll(() => account.close());

  const run = (...command: string[]): Promise<Ran> => account.workspace.command(command);

  /** Deploy the compute layer and require that no resource changes, only outputs; then that a second plan is empty. */
  async function deployWithoutChanges(): Promise<void> {
    const deployed = await run("deploy", "dev", "--layer", "compute", "--auto-approve");
    expect(deployed.code, deployed.stdout + deployed.stderr).toBe(0);
    const reviews = deployed.stdout.match(/^Review of .*$/gm) ?? [];
    expect(reviews.filter((line) => !line.endsWith(": only outputs change."))).toEqual([]);
    const again = await run("diff", "dev", "--layer", "compute");
    expect(again.code, again.stdout + again.stderr).toBe(0);
  }

  async function urls(): Promise<Record<string, string>> {
    const { stdout } = await account.workspace.terraform("compute-dev", [
      "output",
      "-json",
      "ecr_repository_urls",
    ]);
    return JSON.parse(stdout);
  }

  const everyUrl = Object.fromEntries(
    names.map((name) => [name, `123456789012.dkr.ecr.us-east-1.amazonaws.com/myproject-dev-${name}`]),
  );

  test("before the move, a deploy stops at the first repository that exists, and changes nothing", async () => {
    writeEnvironments(account.workspace, { dev: dev(3) });

    const { code, stderr } = await run("deploy", "dev", "--layer", "compute", "--auto-approve");

    expect([code, stderr]).toEqual([1, expect.stringContaining("npm run shards -- --env dev")]);
  });

  test("without --apply, the command lists what would move", async () => {
    const { code, stdout, stderr } = await run("shards", "--env", "dev");

    expect(code, stderr).toBe(2);
    expect(stdout).toMatch(/^compute-dev -> compute-dev-[123]: \d+ resources, \d+ repositories: /);
    expect(stdout).toContain("Nothing was moved.");
  });

  test("switched on, everything moves, and the plans change outputs only", async () => {
    const { code, stdout, stderr } = await run("shards", "--env", "dev", "--apply");

    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toContain("Moved 13 resources.");
    await deployWithoutChanges();
    expect(await urls()).toEqual(everyUrl);
    expect((await run("shards", "--env", "dev")).stdout).toContain("nothing is to be moved");
  });

  test("with fewer shards, only the repositories of the last one move", async () => {
    writeEnvironments(account.workspace, { dev: dev(2) });

    const { code, stdout, stderr } = await run("shards", "--env", "dev", "--apply");

    expect(code, stdout + stderr).toBe(0);
    expect(stdout.match(/^compute-dev\S* -> /gm)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^compute-dev-3 -> compute-dev-[12]|^compute-dev-3/)]),
    );
    expect(stdout).not.toMatch(/^compute-dev-[12] -> /m);
    await deployWithoutChanges();
    expect(await urls()).toEqual(everyUrl);
  });

  test("switched off, everything is in one state again", async () => {
    writeEnvironments(account.workspace, { dev: dev() });

    const { code, stdout, stderr } = await run("shards", "--env", "dev", "--apply");

    expect(code, stdout + stderr).toBe(0);
    await deployWithoutChanges();
    expect(await urls()).toEqual(everyUrl);
  });
});
