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
  const layer = () => randomBytes(1_000);

  beforeAll(async () => {
    emulator = await startEmulator();
    variables = await emulator.asAccount(account);
    workspace = new Workspace(variables);
    source = new PushedImages(variables, "us-east-1");
    west = new PushedImages(variables, "us-west-2");
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
});
