import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workspace } from "../support/emulator/workspace";

/** The two programs that `npm run bench` compares. */
describe("benchmark", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
    cpSync(resolve(__dirname, "../../bench"), join(workspace.folder, "bench"), { recursive: true });
  });
  afterAll(() => workspace.remove());

  test("both write the same stacks, so their times are comparable", async () => {
    // Both with the provider version from which the bindings were generated.
    const program = (...command: string[]) =>
      workspace.run(["node", ...command], { CDKTF_CONTEXT_JSON: undefined });
    await program("run.cjs", "bench/ours", "3", "ours");
    await program("build/bench/bare.js", "3", "bare");

    const { code, stderr } = await program("build/bench/same-output.js", "ours", "bare");

    expect(stderr).toBe("");
    expect(code).toBe(0);
  });
});
