import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workspace } from "../support/emulator/workspace";

/** The plan of a failover of the shipped production file. Nothing answers for AWS here. */
describe("failover plan", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
    workspace.edit(
      "environments/prod.ts",
      'repository: "web-app", awaitsFirstPush: true',
      'repository: "web-app", tag: "v1"',
    );
  });
  afterAll(() => workspace.remove());

  const plan = (...args: string[]) => workspace.command(["failover", "plan", "--env", "prod", ...args]);
  const there = "987654321098.dkr.ecr.us-west-2.amazonaws.com/myproject-prod-web-app";

  test("prints the steps in order, with the exact URIs and commands", async () => {
    const { code, stdout, stderr } = await plan("--to", "us-west-2");

    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.match(/^### \d.*/gm)).toEqual([
      "### 1. Stop pushes to us-east-1",
      "### 2. Check the replicas",
      "### 3. Prepare us-west-2",
      "### 4. Allow pulls from the replicas",
      "### 5. Run the consumers with the new images",
      "### 6. DNS",
      "### 7. Let pipelines push to us-west-2",
      "### 8. Go back",
    ]);
    expect(stdout).toContain(`| ${there}:v1 |`);
    expect(stdout).toContain(
      "aws ecr describe-images --region us-west-2 --repository-name myproject-prod-web-app --image-ids imageTag=v1",
    );
    expect(stdout).toContain("Not replicated to us-west-2: worker, base-images.");
  });

  test("--markdown writes the same to a file, --json prints the values", async () => {
    const printed = await plan("--to", "us-west-2");
    const written = await plan("--to", "us-west-2", "--markdown", "failover.md");
    const json = await plan("--to", "us-west-2", "--json");

    expect(written.stdout).toBe("The plan is in failover.md.\n");
    expect(readFileSync(join(workspace.folder, "failover.md"), "utf8")).toBe(printed.stdout);
    const { images, steps } = JSON.parse(json.stdout);
    expect(images[0]).toMatchObject({ name: "web-app", uri: { to: `${there}:v1` } });
    expect(steps).toHaveLength(8);
  });

  test("exit code 2 if a consumer's repository has no replica there, with what to add", async () => {
    const { code, stderr } = await plan("--to", "eu-west-1");

    expect(code).toBe(2);
    expect(stderr).toContain(
      'ECS service "api-service": its repository is not replicated to eu-west-1; in environments/prod.ts, add { region: "eu-west-1" } to replicationDestinations of api-service\n',
    );
  });

  test.each([
    ["no/such/plan.md", "its folder does not exist"],
    ["environments", "this is a folder"],
  ])("a plan is not written to %s", async (path, found) => {
    const { code, stdout, stderr } = await plan("--to", "us-west-2", "--markdown", path);

    expect([code, stdout, stderr]).toEqual([
      1,
      "",
      `--markdown ${path}: ${found}; name a file in a folder that exists\n`,
    ]);
  });

  test("a Region or environment without replicas is refused, and nothing is written", async () => {
    const region = await plan("--to", "us-west-1", "--markdown", "none.md");
    const dev = await workspace.command(["failover", "plan", "--env", "dev", "--to", "us-west-2"]);

    expect([region.code, region.stderr]).toEqual([
      1,
      '--to: prod has no replicas in "us-west-1"; did you mean "us-west-2"?\n',
    ]);
    expect(existsSync(join(workspace.folder, "none.md"))).toBe(false);
    expect([dev.code, dev.stderr]).toEqual([
      1,
      "environments/dev.ts replicates nothing within the account; set enableReplication and replicationDestinations of a repository\n",
    ]);
  });
});
