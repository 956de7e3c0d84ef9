import {
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-ecr";
import { CreateRoleCommand, IAMClient, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

const names = ["web", "api", "worker", "jobs", "mail", "team/tool"];

/** As of a repository that was there before: a name of its own, tags, no lifecycle policy, and a policy with an older head. */
const adopted = {
  name: "payments/mail",
  tags: { Team: "payments" },
  lifecyclePolicy: "none",
  repositoryPolicy: {
    Version: "2008-10-17",
    Id: "mail",
    Statement: { Sid: "No deletion", Effect: "Deny", Principal: "*", Action: "ecr:BatchDeleteImage" },
  },
};

/** An environment with a role that may pull from all its repositories, and the given number of shards. */
const dev = (stateShards?: number, some = names) => ({
  project: "myproject",
  state: { backend: "s3", bucket: "myproject-dev-tfstate", createBucket: false },
  ecr: {
    ...(stateShards !== undefined && { stateShards }),
    enableScanFindingsLogging: true,
    repositories: Object.fromEntries(
      some.map((name) => [
        name,
        {
          ...{ forceDelete: true, enableLambdaPull: name === "web" },
          ...(name === "mail" && adopted),
          pullRoleArns: ["arn:aws:iam::123456789012:role/puller"],
        },
      ]),
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
    await new IAMClient(clientConfig(account.variables)).send(
      new CreateRoleCommand({ RoleName: "puller", AssumeRolePolicyDocument: "{}" }),
    );
    writeEnvironments(account.workspace, { dev: dev() });
    const { code, stdout, stderr } = await run("deploy", "dev", "--auto-approve");
    expect(code, stdout + stderr).toBe(0);
  });
  afterAll(() => account.close());

  const run = (...command: string[]): Promise<Ran> => account.workspace.command(command);

  /** Deploy the compute layer and require that no repository changes; then that a second plan is empty. */
  async function deployWithoutChanges(): Promise<void> {
    const deployed = await run("deploy", "dev", "--layer", "compute", "--auto-approve");
    expect(deployed.code, deployed.stdout + deployed.stderr).toBe(0);
    expect(deployed.stdout.match(/^ *# aws_ecr\S+ .*$|^WARNING.*$/gm)).toBeNull();
    const again = await run("diff", "dev", "--layer", "compute");
    expect(again.code, again.stdout + again.stderr).toBe(0);
    expect((await run("shards", "--env", "dev")).stdout).toContain("nothing is to be moved");
  }

  /** How many policies the role has: one of each stack with repositories, and none that no stack knows. */
  async function policies(): Promise<number> {
    const iam = new IAMClient(clientConfig(account.variables));
    const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName: "puller" }));
    return PolicyNames.length;
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
    names.map((name) => [
      name,
      `123456789012.dkr.ecr.us-east-1.amazonaws.com/${name === "mail" ? adopted.name : `myproject-dev-${name}`}`,
    ]),
  );

  test("a repository has the name, the tags and the policy that it may have had before", async () => {
    const ecr = new ECRClient(clientConfig(account.variables));
    const repositoryName = adopted.name;
    const { repositories = [] } = await ecr.send(
      new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }),
    );
    const resourceArn = repositories[0]?.repositoryArn;
    const { tags = [] } = await ecr.send(new ListTagsForResourceCommand({ resourceArn }));
    const { policyText = "" } = await ecr.send(new GetRepositoryPolicyCommand({ repositoryName }));

    expect(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))).toMatchObject({
      ...adopted.tags,
      Project: "myproject",
    });
    expect(JSON.parse(policyText)).toMatchObject({ Version: "2008-10-17", Id: "mail" });
    await expect(ecr.send(new GetLifecyclePolicyCommand({ repositoryName }))).rejects.toThrow(
      "Lifecycle policy does not exist",
    );
    const again = await run("diff", "dev");
    expect(again.code, again.stdout + again.stderr).toBe(0);
  });

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
    expect([await urls(), await policies()]).toEqual([everyUrl, 2]);
  });

  test("with more shards, a deploy before the move stops at the plan, and a diff says so", async () => {
    writeEnvironments(account.workspace, { dev: dev(5) });

    const diff = await run("diff", "dev", "--layer", "compute");
    const { code, stdout, stderr } = await run("deploy", "dev", "--layer", "compute", "--auto-approve");

    expect(diff.stderr).toContain(
      "If ecr.stateShards has changed, move the states first: npm run shards -- --env dev --apply\n",
    );
    expect(stdout).toContain(
      "WARNING: aws_ecr_repository.jobs: compute-dev-5 declares it now, but its state was not moved there.",
    );
    expect(stdout).not.toContain("Its entry was removed");
    expect(code).toBe(1);
    expect(stderr).toContain("  aws_ecr_repository.jobs -> compute-dev-5\n");
    expect(stderr).toContain("npm run shards -- --env dev --apply\nNothing in compute-dev-1 was applied.");
  });

  test("an import does not take a repository that another state has", async () => {
    const { code, stdout, stderr } = await run("imports", "dev", "--layer", "compute");

    expect(code, stderr).toBe(1);
    expect(stdout).toContain("compute-dev-5: 0 to import\n");
    expect(stderr).toContain("compute-dev-5: in the state of compute-dev-1: aws_ecr_repository.jobs");
    expect(stderr).toContain("npm run shards -- --env dev --apply");
  });

  test("with more shards, repositories move to the new ones only", async () => {
    const { code, stdout, stderr } = await run("shards", "--env", "dev", "--apply");

    expect(code, stdout + stderr).toBe(0);
    expect(stdout.match(/ -> compute-dev-\d/g)?.every((to) => /[45]$/.test(to))).toBe(true);
    await deployWithoutChanges();
    expect([await urls(), await policies()]).toEqual([everyUrl, 3]);
  });

  test("with fewer shards, only the repositories of the former ones move", async () => {
    writeEnvironments(account.workspace, { dev: dev(3) });

    const { code, stdout, stderr } = await run("shards", "--env", "dev", "--apply");

    expect(code, stdout + stderr).toBe(0);
    expect(stdout.match(/^compute-dev\S* -> /gm)?.every((way) => /^compute-dev-[45] /.test(way))).toBe(true);
    await deployWithoutChanges();
    expect([await urls(), await policies()]).toEqual([everyUrl, 2]);
  });

  test("a repository that is removed is a loss, and no move", async () => {
    const rest = names.filter((name) => name !== "jobs");
    writeEnvironments(account.workspace, { dev: dev(3, rest) });

    expect((await run("shards", "--env", "dev")).stdout).toContain("nothing is to be moved");
    const { stdout } = await run("diff", "dev", "--layer", "compute");

    expect(stdout).toContain("WARNING: myproject-dev-jobs (aws_ecr_repository.jobs) would be destroyed.");
    expect(stdout).not.toContain("A deploy would stop here");
  });

  test("switched off, everything is in one state again", async () => {
    writeEnvironments(account.workspace, { dev: dev() });

    const { code, stdout, stderr } = await run("shards", "--env", "dev", "--apply");

    expect(code, stdout + stderr).toBe(0);
    await deployWithoutChanges();
    expect([await urls(), await policies()]).toEqual([everyUrl, 1]);
  });
});
