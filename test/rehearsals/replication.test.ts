import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { PushedImages } from "../support/emulator/pushed-images";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const account = "987654321098";
const [web, api, lambda] = ["web-app", "api-service", "lambda-processor"].map(
  (name) => `myproject-prod-${name}`,
) as [string, string, string];

/** Replicas of the shipped production file, in registries that really hold images. */
describeWithTerraform("replication", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  let variables: Record<string, string>;
  let source: PushedImages;
  let west: PushedImages;
  let europe: PushedImages;
  const layer = () => randomBytes(1_000);

  beforeAll(async () => {
    emulator = await startEmulator();
    variables = await emulator.asAccount(account);
    workspace = new Workspace(variables);
    source = new PushedImages(variables, "us-east-1");
    west = new PushedImages(variables, "us-west-2");
    europe = new PushedImages(variables, "eu-west-1");
    for (const name of [web, api, lambda]) await source.create(name);
    for (const name of [web, api, lambda]) await west.create(name);
  });
  afterAll(async () => {
    await emulator.stop();
    workspace.remove();
  });

  const replication = (...args: string[]) => workspace.command(["ecr", "replication", ...args]);

  test("status: what is missing in each Region, by digest and tag, with bytes and age", async () => {
    const shared = layer();
    const first = await source.push(web, ["v1"], [shared]);
    const second = await source.push(web, ["v2", "stable"], [shared, layer()]);
    await west.push(web, ["v1"], [shared]);

    const [all, text] = [
      await replication("status", "--env", "prod", "--json"),
      await replication("status", "--env", "prod"),
    ];

    expect([all.code, all.stderr], all.stderr).toEqual([2, ""]);
    const { replicas, problems } = JSON.parse(all.stdout);
    expect(problems).toEqual([]);
    const [inWest, inEurope] = replicas;
    expect(inWest).toMatchObject({
      repository: web,
      destination: { region: "us-west-2", registryId: account },
      configured: false,
      exists: true,
      expected: 2,
      missing: { images: 1, oldest: expect.stringMatching(/^20\d\d-.*Z$/) },
      images: [{ digest: second, lack: "absent", tags: ["v2", "stable"] }],
    });
    expect(inWest.missing.bytes).toBeGreaterThan(2_000);
    expect(inEurope).toMatchObject({ exists: false, missing: { images: 2 } });
    expect(inEurope.images.map(({ digest }: { digest: string }) => digest)).toEqual([first, second]);
    expect(text.code).toBe(2);
    expect(text.stdout).toContain("no such repository, not replicated yet");
    expect(text.stdout).toContain("prod: 4 replicas, 3 images are missing, up to");
    expect(text.stdout).toContain(
      "To complete the replicas: npm run ecr -- replication backfill --env prod\n",
    );
  });

  test("status: exit code 0 for a replica that is complete", async () => {
    const { code, stdout, stderr } = await replication(
      ...["status", "--env", "prod", "--repo", "api-service"],
    );

    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("prod: 1 replica, nothing is missing.");
  });

  test("status: an image that lacks a tag in the replica is missing", async () => {
    const digest = await source.push(lambda, ["a", "b"], []);
    await west.push(lambda, ["a"], []);

    const { code, stdout } = await replication(
      ...["status", "--env", "prod", "--repo", "lambda-processor", "--json"],
    );

    const [{ images }] = JSON.parse(stdout).replicas;
    expect([code, images.length]).toEqual([2, 1]);
    expect(images[0]).toMatchObject({ digest, tags: ["a", "b"] });
  });

  test("status: credentials of another account are refused, and problems are one list", async () => {
    const other = await emulator.asAccount("111122223333");
    const wrong = await workspace.command(["ecr", "replication", "status", "--env", "prod"], other);
    const unknown = await replication("status", "--env", "prod", "--to", "us-west-1");

    expect([wrong.code, wrong.stdout]).toEqual([1, ""]);
    expect(wrong.stderr).toContain(
      "The AWS credentials belong to account 111122223333, but prod is in 987654321098",
    );
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      '--to: prod replicates nothing to "us-west-1"; did you mean "us-west-2"?\n',
    ]);
  });

  test("backfill: without --apply it shows what is missing and what stands in the way, and changes nothing", async () => {
    const { code, stdout, stderr } = await replication("backfill", "--env", "prod");

    expect(code).toBe(1);
    expect(stdout).toContain("Nothing was changed. With --apply, ECR runs 2 backfills");
    expect(stderr).toBe(
      `The registry does not replicate ${web} to account ${account}, us-west-2 yet; deploy it first: npm run deploy -- prod --layer registry
${web} does not exist in account ${account}, eu-west-1; create it first (npm run deploy -- prod), because ECR would create it with AES256 and mutable tags; until then, nothing is backfilled there
The registry does not replicate ${web} to account ${account}, eu-west-1 yet; deploy it first: npm run deploy -- prod --layer registry
The registry does not replicate ${lambda} to account ${account}, us-west-2 yet; deploy it first: npm run deploy -- prod --layer registry
4 problems.
`,
    );
    expect(Object.keys(await west.tags(web))).toHaveLength(1);
  });

  test("backfill --repo: only a copy can be limited to one repository", async () => {
    const command = ["backfill", "--env", "prod", "--repo", "web-app"];

    const plan = await replication(...command);
    const refused = await replication(...command, "--apply");

    expect([plan.code, plan.stderr.split("\n").length]).toEqual([1, 3]);
    expect(plan.stdout).toContain(
      "Nothing was changed. With --apply --copy, these images are copied through the ECR API.\n",
    );
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      1,
      "",
      "--repository: ECR backfills all repositories that the registry replicates to a Region; add --copy to copy only web-app, or remove --repository\n",
    ]);
  });

  test("backfill --apply --copy: layers of several parts and lists arrive whole, and a second run has nothing to do", async () => {
    const large = randomBytes(11 * 1024 * 1024);
    const [amd, arm] = [await source.push(web, [], [large]), await source.push(web, [], [layer()])];
    const list = await source.pushList(web, ["v3"], [amd, arm]);
    await source.push(web, ["large"], [large]);
    const args = ["--env", "prod", "--repo", "web-app", "--to", "us-west-2", "--copy"];

    const plan = await replication("backfill", ...args);
    const copied = await replication("backfill", ...args, "--apply");
    const again = await replication("backfill", ...args, "--apply");

    expect([plan.code, plan.stderr]).toEqual([2, ""]);
    expect(copied.code, copied.stderr).toBe(0);
    expect(copied.stdout).toContain("Afterwards:");
    expect(copied.stderr).toContain("5/5 images");
    expect(await west.tags(web)).toEqual(await source.tags(web));
    expect((await west.pull(web, "v3"))[0]).toBe(list);
    expect(await west.pull(web, "large")).toEqual(await source.pull(web, "large"));
    expect([again.code, again.stdout.split("Afterwards").length]).toEqual([0, 1]);
  });

  test("backfill --apply: ECR replicates to each Region what was pushed before", async () => {
    await source.replicateTo(account, "us-west-2", "eu-west-1");
    await europe.create(web);
    await source.push(api, ["v1"], [layer()]);

    const done = await replication("backfill", "--env", "prod", "--apply", "--poll", "1");

    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toContain("prod: 4 replicas, nothing is missing.");
    expect(await europe.tags(web)).toEqual(await source.tags(web));
    expect(await west.tags(api)).toEqual(await source.tags(api));
    expect(await west.tags(lambda)).toEqual(await source.tags(lambda));
  });

  test("backfill --apply: Ctrl-C ends the waiting, and the next run waits for the backfill in progress", async () => {
    await source.push(api, ["v2"], []);
    const command = ["backfill", "--env", "prod", "--apply"];

    const stopped = await interrupted([...command, "--poll", "600"], "us-west-2 [");
    await source.push(api, ["v3"], []);
    const continued = await replication(...command, "--poll", "1");

    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(
      /Stopped\. The backfill [\w-]{36} goes on in ECR\. To stop it: aws ecr stop-replication-backfill --region us-east-1 --replication-backfill-id [\w-]{36}\n$/,
    );
    expect(continued.stderr).toMatch(
      /The backfill [\w-]{36} to account 987654321098, us-west-2 was in progress already\.\n/,
    );
    // The emulator replicated when the backfill began, and v3 was pushed later.
    expect(continued.code, continued.stderr).toBe(2);
  });

  /** Run a command until it writes a text, and press Ctrl-C. */
  function interrupted(
    args: readonly string[],
    text: string,
  ): Promise<{ code: number | null; stderr: string }> {
    const child = spawn("node", [...workspace.program("ecr"), "replication", ...args], {
      cwd: workspace.folder,
      env: workspace.environment(),
    });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      const before = stderr.includes(text);
      stderr += chunk.toString();
      if (!before && stderr.includes(text)) setTimeout(() => child.kill("SIGINT"), 2_000);
    });
    return new Promise((resolve) => {
      child.on("close", (code) => resolve({ code, stderr }));
    });
  }
});
