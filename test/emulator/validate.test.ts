import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { describeWithTerraform } from "./skip-without-parts";
import { Workspace } from "./workspace";

describeWithTerraform("validate", () => {
  const workspace = new Workspace();
  afterAll(() => workspace.remove());

  test("the real provider finds every stack valid", async () => {
    await workspace.run(["npm", "run", "synth"]);
    const { stdout: list } = await workspace.run(["ls", "cdktf.out/stacks"]);
    const stacks = list.trim().split("\n");
    // One configuration that calls every stack as a module: the provider is started once instead of once for each.
    mkdirSync(join(workspace.folder, "cdktf.out/stacks/all"));
    workspace.write(
      "cdktf.out/stacks/all/all.tf.json",
      JSON.stringify({
        module: Object.fromEntries(stacks.map((stack) => [stack, { source: `../${stack}` }])),
      }),
    );

    await workspace.terraform("all", ["init", "-backend=false"]);
    const { stdout } = await workspace.terraform("all", ["validate", "-json"]);

    expect(stacks).toHaveLength(8);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, error_count: 0 });
  });
});
