import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workspace } from "../support/emulator/workspace";

/** The programs that `npm run bench` compares, but for the AWS CDK's, which it installs. */
describe("benchmark", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
    cpSync(resolve(__dirname, "../../bench"), join(workspace.folder, "bench"), { recursive: true });
  });
  afterAll(() => workspace.remove());

  /** Run with the provider version from which the bindings were generated. */
  const program = (...command: string[]) =>
    workspace.run(["node", ...command], { CDKTF_CONTEXT_JSON: undefined });

  test("both write the same stacks, so their times are comparable", async () => {
    await program("run.cjs", "bench/ours", "3", "ours");
    await program("build/bench/bare.js", "3", "bare");

    const { code, stderr } = await program("build/bench/same-output.js", "ours", "bare");

    expect(stderr).toBe("");
    expect(code).toBe(0);
  });

  test("with repositories alone, both write the same repositories", async () => {
    await program("run.cjs", "bench/ours-repositories", "3", "ours-repositories");
    await program("node_modules/typescript/bin/tsc", "-p", "bench/tsconfig.bare.json");
    await program("build/bare/bare-repositories.js", "3", "bare-repositories");
    const compare = "build/bench/same-repositories.js";

    const { code, stderr } = await program(compare, "ours-repositories", "bare-repositories");
    const other = await program(compare, "ours-repositories", "bench");

    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(other.stderr).toContain("the programs wrote 3 and 0 repositories");
  });

  test("with replicas, one state and several have the same repositories", async () => {
    await program("run.cjs", "bench/ours-replicas", "3", "ours-replicas");
    await program("run.cjs", "bench/ours-shards", "3", "ours-shards");
    const compare = "build/bench/same-repositories.js";

    const { code, stderr } = await program(compare, "ours-replicas", "ours-shards");
    const other = await program(compare, "ours-replicas", "bench");

    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(other.stderr).toContain("the programs wrote 9 and 0 repositories");
  });
});
