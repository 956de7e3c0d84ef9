import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RunningTrial } from "../support/commands/running-trial";
import type { Ran } from "../support/emulator/ran";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

/** The environment of docs/how-to/run-images.md, in a trial. The tests build on each other, in this order. */
describeWithTerraform("the example of a shop", () => {
  let workspace: Workspace;
  let trial: RunningTrial;

  beforeAll(async () => {
    workspace = new Workspace();
    workspace.removeShippedEnvironments();
    const example = readFileSync("examples/real-shop/shop.ts", "utf8");
    workspace.write(
      "environments/shop.ts",
      example.replace("../../environments/environment", "./environment"),
    );
    workspace.write(
      "environments/all.ts",
      'import { shop } from "./shop";\n\nexport const definitions = { "environments/shop.ts": shop };\n',
    );
    trial = new RunningTrial(workspace);
  });
  afterAll(async () => {
    await trial.beside(["--down"]);
    trial.remove();
    workspace.remove();
  });

  const command = (script: string, ...args: string[]): Promise<Ran> =>
    trial.beside(["exec", "node", "run.cjs", `scripts/${script}`, ...args]);

  const digestOf = async (repository: string, tag: string): Promise<string> => {
    const { stdout } = await command("ecr", "images", "--env", "shop", "--repository", repository, "--json");
    const { images } = JSON.parse(stdout) as { images: { digest: string; tags: string[] }[] };
    return images.find(({ tags }) => tags.includes(tag))?.digest ?? "";
  };

  test("every service and function runs the image that was pushed for it", async () => {
    await trial.start(["shop", "--all"]);
    const printed = await trial.until(/--down\n/);

    expect(printed).toMatch(/^Deploy: compute-shop: applied/m);
    const diff = await command("diff", "shop", "--layer", "security", "--layer", "network");
    expect(diff.code, diff.stdout + diff.stderr).toBe(0);
  });

  test("the pipeline deploys another image of the worker", async () => {
    const rescan = await command("ecr", "rescan", "--env", "shop", "--image", "orders:v0.3.0");
    const { code, stdout, stderr } = await command(
      "ecs",
      ...["deploy", "--env", "shop", "--service", "orders", "--image", "orders:v0.3.0"],
      ...["--severity", "CRITICAL", "--timeout", "0"],
    );

    expect(rescan.code, rescan.stderr).toBe(0);
    expect([code, stdout], stderr).toEqual([
      0,
      expect.stringMatching(/^acme-shop-orders runs \S+\/acme-shop-orders@sha256:[0-9a-f]{64} \(\S+:2\)\.$/m),
    ]);
  });

  test("the migration starts with the worker's image, role and network", async () => {
    const { code, stderr } = await command(
      "ecs",
      ...["run", "--env", "shop", "orders", "--timeout", "0", "--", "bin/migrate"],
    );

    // No container runs in the emulator, so the task never ends.
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The task arn:aws:ecs:\S+ is still running after 0 seconds, and continues\.$/m);
  });

  test("the pipeline shifts the traffic of the function to another image", async () => {
    const { code, stdout, stderr } = await command(
      "ecr",
      ...["lambda", "deploy", "--env", "shop", "--function", "thumbnails"],
      ...["--digest", await digestOf("thumbnails", "v0.3.0"), "--steps", "50", "--seconds", "1"],
    );

    expect([code, stdout], stderr).toEqual([
      0,
      "acme-shop-thumbnails: the alias live has moved from version 1 to 2.\n",
    ]);
  });
});
